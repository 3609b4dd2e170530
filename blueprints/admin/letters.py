"""Letters: which there are, what they say, which were changed, broken or switched off."""

from dataclasses import dataclass

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from blueprints.once import once
from core.i18n import LOCALES, _
from core.web import page, see_other
from desk import access
from desk.errors import Invalid
from desk.letters import saving, stored
from desk.letters.catalogue import KINDS, kind_for
from desk.letters.kind import Kind, Words
from models import Staff

LIST = "/admin/letters"
LANGUAGES = {"ru": "Русский", "en": "English"}  # each in itself


@dataclass(frozen=True)
class Line:
    kind: Kind
    words: dict[str, Words]
    changed: set[str]
    broken: set[str]
    is_off: bool


def person() -> Staff:
    found = me()
    assert isinstance(found, Staff)  # noqa: S101 - the blueprint lets the staff in only
    return found


@blueprint.get("/letters")
def letters() -> Response:
    access.demand(current_user, "letters.edit")
    broken = stored.broken()
    lines = [
        _line(kind, {r.locale for r in broken if r.key == kind.key}) for kind in KINDS.values()
    ]
    return page(
        "admin/letters/list.html",
        to_clients=[line for line in lines if line.kind.to_client],
        to_staff=[line for line in lines if not line.kind.to_client],
        broken_letters=broken,
        letters=KINDS,
        locales=LOCALES,
        languages=LANGUAGES,
    )


@blueprint.post("/letters/<key>/switch")
@once
def switch_letter(key: str) -> Response:
    access.demand(current_user, "letters.edit")
    kind, on = kind_for(key), request.form.get("do") == "on"
    try:
        saving.switch(kind, on=on, by=person())
    except Invalid as error:
        flash(str(error), "error")
        return see_other(f"{LIST}/{key}")
    flash(_("The letter is written again.") if on else _("The letter is not written any more."))
    return see_other(f"{LIST}/{key}")


@blueprint.post("/letters/<key>/back")
@once
def give_letter_back(key: str) -> Response:
    """The product's own text again; versions stay."""
    access.demand(current_user, "letters.edit")
    kind, locale = kind_for(key), request.form.get("locale", "")
    if locale in LOCALES:
        base = request.form.get("base", 0, type=int)
        saving.give_back(kind, locale, base=base, by=me())
        flash(_("The built-in text is in force again."))
    return see_other(f"{LIST}/{key}")


def _line(kind: Kind, broken: set[str]) -> Line:
    changed = {locale for locale in LOCALES if stored.in_force(kind.key, locale)}
    words = {locale: stored.words_of(kind, locale) for locale in LOCALES}
    return Line(kind, words, changed, broken, stored.is_off(kind.key))

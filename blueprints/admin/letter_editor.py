"""One letter: its words in both languages, how it looks on a ticket, a test to oneself."""

from typing import Any

from flask import Response, flash, make_response, request
from flask_login import current_user

from blueprints.admin import letter_form
from blueprints.admin.blueprint import blueprint
from blueprints.admin.letter_form import LetterForm
from blueprints.admin.letters import LANGUAGES, LIST, person
from blueprints.forms import one_line
from blueprints.once import FIELD, once
from core import bus
from core.i18n import LOCALES, _
from core.web import id_given, page, see_other
from desk import access
from desk.errors import DeskError, Invalid, NotFound, Stale
from desk.letters import preview, saving, stored
from desk.letters.catalogue import kind_for
from desk.letters.kind import Kind, Words
from desk.letters.preview import Sample
from desk.letters.to_clients import SENT_BY_TRIGGERS
from models import Case

# The letter brings its own style; nothing in it runs, loads or leads anywhere.
FRAMED = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


@blueprint.get("/letters/<key>")
def letter(key: str) -> Response:
    """`version` = an earlier one to be put into the form, not yet saved."""
    access.demand(current_user, "letters.edit")
    kind, number = kind_for(key), id_given(request.args.get("version"))
    taken = saving.version(kind, number) if number else None
    return _show(kind, letter_form.of_kind(kind, taken), taken=taken)


@blueprint.post("/letters/<key>")
@once
def save_letter(key: str) -> Response:
    access.demand(current_user, "letters.edit")
    kind, form = kind_for(key), letter_form.from_request()
    if not form.check(kind):
        return _show(kind, form, status=422)
    try:
        done = [
            saving.save(kind, code, form.words(code), base=form.base(code), by=person())
            for code in LOCALES
        ]
    except Stale:
        return _show(kind, form, status=409)
    flash(_("Saved. Letters from now on say so.") if any(done) else _("Nothing was changed."))
    return see_other(f"{LIST}/{key}")


@blueprint.post("/letters/<key>/show")
def show_letter(key: str) -> Response:
    """How what is written looks on a ticket; nothing is saved."""
    access.demand(current_user, "letters.edit")
    kind = kind_for(key)
    return _show(kind, letter_form.from_request(), "preview")


@blueprint.post("/letters/<key>/test")
def send_test_letter(key: str) -> Response:
    """What is written, saved or not, as a mail to whoever asks."""
    access.demand(current_user, "letters.edit")
    kind, form = kind_for(key), letter_form.from_request()
    code = request.form.get("locale", "")
    if code not in LOCALES:
        raise NotFound(_("There is no such letter."))
    try:
        found = preview.sample(kind, code, form.words(code), _ticket(kind), person())
        form_key = request.form.get(FIELD, "")[:64]
        address = preview.send_to_me(kind, found, to=person(), form_key=form_key)
    except DeskError as error:
        bus.unit().keep = True
        return _show(kind, form, "preview", status=422, test_problem=str(error))
    return _show(kind, form, "preview", sent_to=address)


@blueprint.route("/letters/<key>/frame/<code>", methods=["GET", "POST"])
def letter_frame(key: str, code: str) -> Response:
    """The HTML part alone, for a frame in which nothing runs."""
    access.demand(current_user, "letters.edit")
    kind = kind_for(key)
    if code not in LOCALES:
        raise NotFound(_("There is no such letter."))
    posted = request.method == "POST"
    words = letter_form.from_request().words(code) if posted else stored.words_of(kind, code)
    try:
        html = preview.sample(kind, code, words, _ticket(kind), person()).html
    except Invalid:  # said beside the frame
        html = ""
    response = make_response(html)
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["Cache-Control"] = "no-store"
    return response


for view in (show_letter, letter_frame):
    view.only_reads = True  # type: ignore[attr-defined] # read by app.py: no write lock


def _ticket(kind: Kind) -> Case | None:
    """Invalid when there is none to show the letter on."""
    said = one_line(request.values.get("ticket")).lstrip("№# ")
    number = id_given(said)
    if said and number is None:
        raise Invalid(_("A number, for example 1042."), "ticket")
    case = preview.ticket_for(person(), number)
    if case is None and kind.is_about_ticket:
        raise Invalid(_("There is no ticket yet to show the letter on."), "ticket")
    return case


def _show(kind: Kind, form: LetterForm, *blocks: str, status: int = 200, **more: Any) -> Response:
    """After a conflict the form stands on their versions: saving once more is a choice."""
    saved = {code: stored.words_of(kind, code) for code in LOCALES}
    bases = letter_form.bases(kind)
    overtaken = [code for code in LOCALES if status == 409 and form.base(code) != bases[code]]
    own = {code for code in LOCALES if stored.in_force(kind.key, code)}
    return page(
        "admin/letters/editor.html",
        *blocks,
        status=status,
        kind=kind,
        form=form,
        saved=saved,
        overtaken=overtaken,
        bases=bases if status == 409 else {code: form.base(code) for code in LOCALES},
        versions=saving.versions(kind) if not blocks else [],
        changed=own,
        broken_letters=[row for row in stored.broken() if row.key == kind.key],
        letters={kind.key: kind},
        is_off=stored.is_off(kind.key),
        senders=preview.senders(kind) if kind.key in SENT_BY_TRIGGERS else None,
        locales=LOCALES,
        languages=LANGUAGES,
        here=f"{LIST}/{kind.key}",
        **_of_preview(kind, form, saved),
        **({"taken": None, "sent_to": "", "test_problem": ""} | more),
    )


def _of_preview(kind: Kind, form: LetterForm, saved: dict[str, Words]) -> dict[str, Any]:
    """Both languages drawn; what can't be is said in its place."""
    samples: dict[str, Sample | str] = {}
    case, problem = None, ""
    try:
        case = _ticket(kind)
    except Invalid as error:
        problem = str(error)
    for code in () if problem else LOCALES:
        try:
            samples[code] = preview.sample(kind, code, form.words(code), case, person())
        except Invalid as error:
            samples[code] = str(error)
    return {
        "samples": samples,
        "case": case,
        "ticket_problem": problem,
        "ticket_number": one_line(request.values.get("ticket"))[:10],
        "is_draft": {code: form.words(code) != words for code, words in saved.items()},
    }

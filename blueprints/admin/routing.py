"""The dispatcher as a whole: limits of the company, how each group hands out, what is doubtful."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange

from blueprints.admin.blueprint import blueprint
from blueprints.admin.group_form import in_words
from blueprints.admin.triggers import me
from blueprints.forms import Form
from blueprints.once import once
from core.i18n import N_, _
from core.web import page, see_other
from desk import access, settings
from desk.catalog import catalog
from desk.routing.limits import HIGHEST
from desk.routing.wanted import hand_out_later
from desk.team.doubts import doubts, is_on_duty, working_members
from desk.team.group_said import LEAVING_NAMES, MODE_NAMES
from models import Group

PAGE = "/admin/routing"
_SLOTS = [NumberRange(1, HIGHEST, N_("A number from 1 to 99."))]


class RoutingForm(Form):
    """Fields are named as the settings are."""

    ticket_limit = IntegerField(N_("Tickets at once"), _SLOTS)
    dialog_limit = IntegerField(N_("Dialogs at once"), _SLOTS)
    pending_takes_slot = BooleanField(N_("What waits for the client takes a slot too"))
    passing_needs = BooleanField(N_("Who passes a ticket on says what was tried, found, needed"))


@dataclass(frozen=True)
class Row:
    """A group of the table."""

    group: Group
    people: int
    here: int

    @property
    def overflows_to(self) -> Group | None:
        found = catalog().groups.get(self.group.overflow_to_id or 0)
        return found if self.group.overflow_minutes else None


@blueprint.get("/routing")
def routing() -> Response:
    access.demand(current_user, "routing.read")
    return _show(_form(None))


@blueprint.post("/routing")
@once
def change_routing() -> Response:
    access.demand(current_user, "settings.edit")
    form = _form(request.form)
    if not form.validate():
        return _show(form, status=422)
    if request.form.get("based_on") != _fingerprint(lock=True):
        return _show(form, status=409, theirs=_form(None))
    settings.change(form.data, by=me())
    hand_out_later()
    flash(_("Saved."))
    return see_other(PAGE)


def _form(given: MultiDict[str, str] | None) -> RoutingForm:
    return RoutingForm(given, data=settings.all_values())


def _fingerprint(*, lock: bool = False) -> str:
    """Equal as long as nobody changed a setting of this page."""
    if lock:
        settings.hold()
    values = [settings.get(name) for name in RoutingForm(data={})._fields]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def _row(group: Group) -> Row:
    people = working_members(group)
    return Row(group, len(people), sum(is_on_duty(one) for one in people))


def _show(form: RoutingForm, *, status: int = 200, **context: Any) -> Response:
    kept = request.form.get("based_on") if status != 409 else None
    found = doubts()
    return page(
        "admin/routing/routing.html",
        status=status,
        form=form,
        based_on=kept or _fingerprint(),
        rows=[_row(group) for group in catalog().groups.values()],
        modes=MODE_NAMES,
        policies=LEAVING_NAMES,
        loud=[each for each in found if not each.is_quiet],
        quiet=[each for each in found if each.is_quiet],
        words=catalog(),
        in_words=in_words,
        editable=access.may(current_user, "settings.edit"),
        **context,
    )

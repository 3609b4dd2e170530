"""The form of a group: named as its columns are; what stands in a field, in words."""

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields import Field
from wtforms.validators import Optional

from blueprints.forms import Form, one_line
from core.i18n import N_, _
from core.web import id_given
from desk.catalog import catalog
from desk.team.group_said import LEAVING_NAMES, MODE_NAMES, GroupSaid
from models import Staff


def _id(value: str | int) -> int | None:
    """Of what is chosen; nothing for nothing. ValueError for what no id can be."""
    number = id_given(str(value))
    if value and number is None:
        raise ValueError(value)
    return number


class GroupForm(Form):
    """Empty = nothing special."""

    name_ru = StringField(N_("Name in Russian"), filters=[one_line])
    name_en = StringField(N_("Name in English"), filters=[one_line])
    line = SelectField(N_("Line"), coerce=int)
    direction_id = SelectField(N_("Direction"), coerce=_id)
    head_id = SelectField(N_("Head"), coerce=_id)
    members = SelectMultipleField(N_("Members"), coerce=int, validate_choice=False)
    mode = SelectField(N_("Who gets the work"))
    is_sticky = BooleanField(N_("First to whom the client had before"))
    asks_language = BooleanField(N_("Only to those who speak the client's language"))
    ticket_limit = IntegerField(N_("Tickets at once"), [Optional()])
    dialog_limit = IntegerField(N_("Dialogs at once"), [Optional()])
    overflow_minutes = IntegerField(N_("After waiting, minutes"), [Optional()])
    overflow_to_id = SelectField(N_("To the group"), coerce=_id)
    answer_seconds = IntegerField(N_("A dialog without an answer goes back, seconds"), [Optional()])
    at_shift_end = SelectField(N_("When a shift ends, open work"))
    at_absence = SelectField(N_("When somebody is absent or leaves, open work"))

    def offer(self, was: GroupSaid, own: int | None) -> None:
        """Choices; who works here no more is offered only where they are in it already."""
        known = catalog()
        self.line.choices = [(n, f"{n} · {row.name}") for n, row in known.lines.items() if n]
        self.direction_id.choices = [("", _("all")), *_named(known.directions.values())]
        self.head_id.choices = [("", _("nobody")), *_people({was.head_id})]
        self.members.choices = _people(set(was.members))
        others = [each for each in known.groups.values() if each.id != own]
        self.overflow_to_id.choices = [("", _("stays here")), *_named(others)]
        self.mode.choices = [(key, _(name)) for key, name in MODE_NAMES.items()]
        policies = [(str(key), _(name)) for key, name in LEAVING_NAMES.items()]
        self.at_shift_end.choices = self.at_absence.choices = policies


def group_form(given: MultiDict[str, str] | None, was: GroupSaid, own: int | None) -> GroupForm:
    """`was` = as the group `own` is stored."""
    form = GroupForm(given, obj=was)
    form.offer(was, own)
    return form


def in_words(field: Field) -> str:
    """What is chosen or written in it."""
    if isinstance(field, SelectField | SelectMultipleField):
        chosen = [text for _value, text, picked, *_more in field.iter_choices() if picked]
        return ", ".join(chosen) or "–"
    if isinstance(field.data, bool):
        return _("yes") if field.data else _("no")
    return str(field.data) if field.data not in (None, "") else "–"


def _people(kept: set[int | None]) -> list[tuple[str, str]]:
    found = (one for one in catalog().staff.values() if one.is_active or one.id in kept)
    return [(str(person.id), _called(person)) for person in found]


def _called(person: Staff) -> str:
    gone = _("works here no more")
    return person.name if person.is_active else f"{person.name} ({gone})"


def _named(rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in rows]

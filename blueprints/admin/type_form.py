"""The form of a type of tickets, and what was chosen for each type on the page of all."""

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired

from blueprints.forms import Form, one_line
from core.i18n import N_, _
from core.web import id_given
from desk.catalog import catalog
from desk.routing.staffing import staffing
from desk.team.type_said import TypeSaid
from desk.team.type_triggers import Bound, Wanted
from models import LEVELS

NEED = "need-"


class TypeForm(Form):
    """What it asks for stands beside the fields: `needs`, {skill: level}."""

    name_ru = StringField(N_("Name in Russian"), filters=[one_line])
    name_en = StringField(N_("Name in English"), filters=[one_line])
    slots = IntegerField(
        N_("Slots under the limit"), [InputRequired(N_("A number from 1 to 20."))], default=1
    )
    is_active = BooleanField(N_("In use: can be chosen for a ticket"), default=True)
    needs = SelectField(N_("Skills"), choices=[], validate_choice=False)

    levels: dict[int, int]

    @property
    def said(self) -> TypeSaid:
        """Only of a form that is sound."""
        return TypeSaid(
            self.name_ru.data or "",
            self.name_en.data or "",
            self.slots.data or 0,
            bool(self.is_active.data),
            self.levels,
        )


def type_form(given: MultiDict[str, str] | None, was: TypeSaid) -> TypeForm:
    form = TypeForm(given, data={name: getattr(was, name) for name in ("name_ru", "name_en")})
    if given is None:
        form.slots.data, form.is_active.data = was.slots, was.is_active
    form.levels = dict(was.needs) if given is None else _levels(given)
    return form


def _levels(given: MultiDict[str, str]) -> dict[int, int]:
    chosen = {
        id_given(name.removeprefix(NEED)): id_given(value)
        for name, value in given.items()
        if name.startswith(NEED)
    }
    return {skill: level for skill, level in chosen.items() if skill and level}


def skills_for(was: TypeSaid) -> list[tuple[int, str]]:
    """Those in use, and those that it asks for anyway."""
    rows = staffing().skills.values()
    return [(row.id, row.name) for row in rows if row.is_active or row.id in was.needs]


def needs_told(needs: dict[int, int]) -> str:
    """“Terminals from level 2, API from level 3”."""
    skills = staffing().skills
    told = [
        _("%(skill)s from level %(level)s", skill=skills[skill].name, level=level)
        for skill, level in needs.items()
        if skill in skills
    ]
    return ", ".join(told)


def levels() -> list[tuple[str, str]]:
    """As they are chosen."""
    return [("", _("not needed")), *((str(n), _("level %(n)s or above", n=n)) for n in LEVELS)]


def chosen(given: MultiDict[str, str]) -> dict[int, Wanted]:
    """{type: what was chosen for it}, of the types that stood in the form."""
    return {
        number: Wanted(_bound(given, number), given.get(f"edition-{number}", ""))
        for number in catalog().types
        if f"edition-{number}" in given
    }


def _bound(given: MultiDict[str, str], number: int) -> Bound:
    line, group, person = (
        id_given(given.get(f"{n}-{number}")) for n in ("line", "group", "person")
    )
    return Bound(line, group, person, f"dispatcher-{number}" in given)

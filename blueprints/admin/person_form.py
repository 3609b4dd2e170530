"""The form of a colleague: named as what is said of them; skills stand beside the fields."""

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional

from blueprints.admin.group_form import in_words
from blueprints.forms import Form, one_line
from core.i18n import N_, _
from core.web import id_given
from desk.catalog import catalog
from desk.routing.staffing import staffing
from desk.team.person_said import LANGUAGES, ROLE_NAMES, PersonSaid, language_name
from models import LEVELS

SKILL = "skill-"
PLAIN = ("name", "title", "role", "line", "ticket_limit", "dialog_limit", "weight")
MANY = ("groups", "directions", "languages", "serves")


def _id(value: str | int | None) -> int | None:
    """Of what is chosen; nothing for nothing. ValueError for what no id can be."""
    number = id_given(str(value)) if value else None
    if value and number is None:
        raise ValueError(value)
    return number


class PersonForm(Form):
    """Empty = nothing special. `levels` = {skill: level}; the field is a place for what is wrong
    with them."""

    name = StringField(N_("Name"), filters=[one_line])
    title = StringField(N_("Job title"), filters=[one_line])
    role = SelectField(N_("Role"))
    line = SelectField(N_("Line"), coerce=int)
    groups = SelectMultipleField(N_("Groups"), coerce=int, validate_choice=False)
    directions = SelectMultipleField(N_("Directions"), coerce=int, validate_choice=False)
    skills = SelectField(N_("Skills"), choices=[], validate_choice=False)
    languages = SelectMultipleField(N_("Languages"), validate_choice=False)
    schedule_id = SelectField(N_("Schedule"), coerce=_id)
    ticket_limit = IntegerField(N_("Tickets at once"), [Optional()])
    dialog_limit = IntegerField(N_("Dialogs at once"), [Optional()])
    weight = IntegerField(N_("Weight"), [InputRequired(N_("A number from 0 to 100."))], default=1)
    serves = SelectMultipleField(N_("Clients served"), coerce=int, validate_choice=False)

    levels: dict[int, int]

    @property
    def said(self) -> PersonSaid:
        """Only of a form that is sound."""
        given = {name: self[name].data for name in (*PLAIN, *MANY, "schedule_id")}
        return PersonSaid(**given, levels=self.levels)

    def refuse(self, error: Any) -> None:
        """Levels are told at the skills."""
        if getattr(error, "field", "") == "levels":
            error.field = "skills"
        super().refuse(error)

    def offer(self, was: PersonSaid) -> None:
        """What there is to choose from; a language that nobody offers stays where it stands."""
        known = catalog()
        self.role.choices = [(str(key), _(name)) for key, name in ROLE_NAMES.items()]
        self.line.choices = [(n, f"{n} · {row.name}") for n, row in known.lines.items() if n]
        self.groups.choices = _named(known.groups.values())
        self.directions.choices = _named(known.directions.values())
        self.serves.choices = _named(known.categories.values())
        codes = [*LANGUAGES, *(code for code in was.languages if code not in LANGUAGES)]
        self.languages.choices = [(code, language_name(code)) for code in codes]
        schedules = _named(staffing().schedules.values())
        self.schedule_id.choices = [("", _("none: at work whenever available")), *schedules]


class NewPersonForm(PersonForm):
    """With how they sign in for the first time."""

    email = StringField(N_("E-mail"), filters=[one_line])
    password = PasswordField(N_("Password"))


def person_form(given: MultiDict[str, str] | None, was: PersonSaid) -> PersonForm:
    """`was` = as it is stored."""
    return _filled(PersonForm(given, obj=was), given, was)


def new_person_form(given: MultiDict[str, str] | None) -> NewPersonForm:
    form = NewPersonForm(given, obj=PersonSaid())
    _filled(form, given, PersonSaid())
    return form


def _filled(form: PersonForm, given: MultiDict[str, str] | None, was: PersonSaid) -> PersonForm:
    form.offer(was)
    form.levels = dict(was.levels) if given is None else _levels(given)
    return form


def _levels(given: MultiDict[str, str]) -> dict[int, int]:
    chosen = {
        id_given(name.removeprefix(SKILL)): id_given(value)
        for name, value in given.items()
        if name.startswith(SKILL) and value
    }
    return {skill: level or 0 for skill, level in chosen.items() if skill}


def skills_for(was: PersonSaid) -> list[tuple[int, str]]:
    """Those in use, and those that they have anyway."""
    rows = staffing().skills.values()
    return [(row.id, row.name) for row in rows if row.is_active or row.id in was.levels]


def level_choices() -> list[tuple[str, str]]:
    """As they are chosen."""
    return [("", _("none")), *((str(n), _("level %(n)s", n=n)) for n in LEVELS)]


def words_of(form: PersonForm) -> list[tuple[str, str, str]]:
    """(field, its label, what stands in it) of everything."""
    said = [(field.name, field.label.text, in_words(field)) for field in form]
    levels = skills_told(form.levels)
    return [
        (name, label, levels if name == "skills" else text)
        for name, label, text in said
        if name != "password"
    ]


def skills_told(levels: dict[int, int]) -> str:
    """“Terminals 2, API 3”."""
    skills = staffing().skills
    told = [f"{row.name} {levels[n]}" for n, row in skills.items() if n in levels]
    return ", ".join(told) or "–"


def _named(rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in rows]

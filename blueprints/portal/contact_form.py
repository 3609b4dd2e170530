"""The request form: what is always asked, and what the company asks besides."""

from collections.abc import Callable
from functools import partial
from math import isfinite
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    FloatField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, StopValidation, ValidationError

from blueprints.forms import Form, one_line
from core.i18n import N_, _, locale
from desk import people, texts
from desk.catalog import catalog
from desk.errors import Invalid
from models import CustomField

LONGEST_ANSWER = 500
PREFIX = "field_"


class ContactForm(Form):
    """`website` is a trap: people don't see it, programs fill it in."""

    email = EmailField(N_("E-mail address"), filters=[one_line])
    person = StringField(N_("Your name"), filters=[one_line])
    subject = StringField(N_("Subject"))
    text = TextAreaField(N_("What happened"))
    website = StringField(N_("Leave this field empty"))
    has_files = False  # which need no words

    def validate_email(self, field: Field) -> None:
        field.data = _accepted(people.normal_email, field.data)

    def validate_subject(self, field: Field) -> None:
        field.data = _accepted(texts.checked_subject, field.data or "")

    def validate_text(self, field: Field) -> None:
        check = partial(texts.checked_text, has_files=self.has_files)
        field.data = _accepted(check, field.data or "")

    def validate_person(self, field: Field) -> None:
        if len(field.data) > people.MAX_NAME:
            raise ValidationError(_("The name is longer than %(n)s characters.", n=people.MAX_NAME))

    def validate_website(self, field: Field) -> None:
        if field.data:
            raise ValidationError(_("This field is a trap for programs. Empty it and send again."))

    def put_in_order(self) -> None:
        """As they stand on the page: a summary of errors is read from the top down."""
        names = ("direction", "email", "person", "type", *(field.name for field in self.extra))
        names += ("subject", "text", "website")
        self._fields = {name: self._fields[name] for name in names if name in self._fields}

    @property
    def extra(self) -> list[Field]:
        """The company's own questions."""
        return [field for field in self if field.name.startswith(PREFIX)]

    @property
    def answers(self) -> dict[str, Any]:
        """Custom fields as a ticket keeps them: {key: what JSON can hold}, only those answered."""
        keys = {f"{PREFIX}{row.id}": row.key for row in catalog().fields.values()}
        said = {keys[field.name]: _kept(field) for field in self.extra}
        return {key: value for key, value in said.items() if value not in (None, "")}


class NumberField(FloatField):
    """Takes a decimal comma too."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value.replace(",", ".").strip() for value in valuelist])
        if self.data is not None and not isfinite(self.data):
            self.data = None
            raise ValueError(self.gettext("Not a valid float value."))


def contact_form(given: MultiDict[str, str], *, signed_in: bool) -> ContactForm:
    """The form as asked of this person: who is signed in is not asked who it is."""
    direction = _number(given.get("direction"))
    known = direction if direction in catalog().directions else None
    kind = catalog().once((ContactForm, locale(), known), lambda: _asking(known))
    form: ContactForm = kind(given)
    if signed_in:
        del form.email, form.person
    form.put_in_order()
    return form


def _asking(chosen: int | None) -> type[ContactForm]:
    """With the questions of one direction, in the language in force."""
    asked: dict[str, Any] = {}
    directions = [row for row in catalog().directions.values() if row.is_active]
    if len(directions) > 1:
        choices = [SelectChoice(str(row.id), row.name) for row in directions]
        asked["direction"] = RadioField(
            N_("What is it about"), [_chosen], coerce=_number, choices=choices
        )
    types = [row for row in catalog().types.values() if row.is_active]
    if len(types) > 1:
        named = (SelectChoice(str(row.id), row.name) for row in types)
        choices = [SelectChoice("", _("not sure")), *named]
        asked["type"] = SelectField(
            N_("Kind of request"), [_known_or_not_sure], coerce=_number, choices=choices
        )
    for row in _questions(chosen):
        asked[f"{PREFIX}{row.id}"] = _question(row)
    return type("AskedForm", (ContactForm,), asked)


def _questions(chosen: int | None) -> list[CustomField]:
    return [
        row
        for row in catalog().fields.values()
        if row.is_active and row.on_form and row.direction_id in (None, chosen)
    ]


def _question(row: CustomField) -> Any:
    check = [_answered if row.required else Optional(), _not_too_long]
    if row.kind == "number":
        return NumberField(row.name, check)
    if row.kind == "date":
        return DateField(row.name, check)
    if row.kind == "bool":
        return BooleanField(row.name, check)
    if row.kind == "choice":
        said = (SelectChoice(str(each), str(each)) for each in row.choices)
        choices = [SelectChoice("", _("not chosen")), *said]
        return SelectField(row.name, check, choices=choices)
    return StringField(row.name, check, filters=[one_line])


def _kept(field: Field) -> Any:
    if isinstance(field, DateField):
        return field.data.isoformat() if field.data else None
    if isinstance(field, NumberField) and field.data is not None and field.data.is_integer():
        return int(field.data)
    return field.data


def _number(value: Any) -> int | None:
    """The id that a choice stands for; what is no id is no choice."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _accepted(check: Callable[[str], str], value: str) -> str:
    try:
        return check(value)
    except Invalid as error:
        raise ValidationError(str(error)) from None


def _chosen(form: Form, field: Field) -> None:
    if field.data is None:
        field.errors[:] = []  # instead of "not a valid choice"
        raise StopValidation(_("Choose what it is about."))


def _known_or_not_sure(form: Form, field: Field) -> None:
    """WTForms takes what can't be read as a number for nothing; only nothing is nothing."""
    if field.data is None:
        field.errors[:] = []
        if any(field.raw_data or ()):
            raise StopValidation(_("Choose one from the list."))
        raise StopValidation


def _answered(form: Form, field: Field) -> None:
    if field.data in (None, "", False) and not field.errors:
        raise StopValidation(_("Fill in “%(name)s”.", name=field.label.text))


def _not_too_long(form: Form, field: Field) -> None:
    if isinstance(field.data, str) and len(field.data) > LONGEST_ANSWER:
        raise ValidationError(_("At most %(n)s characters fit in here.", n=LONGEST_ANSWER))

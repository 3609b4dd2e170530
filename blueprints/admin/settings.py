"""Settings of the company: names, how to reach the support, what answer is promised."""

import hashlib
import json
from typing import Any

from flask import Response, flash, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, IntegerField, SelectField, StringField, TelField
from wtforms.fields import Field
from wtforms.validators import NumberRange, ValidationError

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from blueprints.admin.zones import check_zone, named_zones
from blueprints.forms import Form, one_line
from blueprints.once import once
from core.i18n import N_, _
from core.web import page, see_other
from desk import access, company_zone, people, settings
from desk.automation.recipients import colleague_at
from desk.catalog import catalog
from desk.errors import Invalid

PAGE = "/admin/settings"
MAX_NAME, MAX_PHONE, MAX_MINUTES = 120, 60, 60 * 24 * 31


class SettingsForm(Form):
    """Fields are named as the settings are."""

    company_name_ru = StringField(N_("Company name in Russian"), filters=[one_line])
    company_name_en = StringField(N_("Company name in English"), filters=[one_line])
    support_email = EmailField(N_("E-mail of the support"), filters=[one_line])
    support_phone = TelField(N_("Phone of the support"), filters=[one_line])
    calendar = SelectField(N_("Calendar of the promise"))
    zone = StringField(N_("Time zone"), filters=[one_line])
    promise_minutes = IntegerField(
        N_("Promised answer, minutes of working time"),
        [NumberRange(0, MAX_MINUTES, N_("A number from 0 to 44640."))],
    )
    search_by_meaning = BooleanField(N_("Search the FAQ by meaning, not by words alone"))
    wordings_taken_at = IntegerField(
        N_("Learn a wording by itself from so many people"),
        [NumberRange(0, 1000, N_("A number from 0 to 1000."))],
    )

    def validate_company_name_ru(self, field: Field) -> None:
        _named(field)

    def validate_company_name_en(self, field: Field) -> None:
        _named(field)

    def validate_support_email(self, field: Field) -> None:
        try:
            field.data = people.normal_email(field.data) if field.data else ""
        except Invalid as error:
            raise ValidationError(str(error)) from error
        colleague = colleague_at(field.data) if field.data else None
        if colleague:
            said = _("This is the own address of %(name)s, who would get no notices any more.")
            raise ValidationError(said % {"name": colleague.name})

    def validate_zone(self, field: Field) -> None:
        if field.data:
            check_zone(field)

    def validate_support_phone(self, field: Field) -> None:
        if len(field.data) > MAX_PHONE:
            raise ValidationError(_("At most %(n)s characters.", n=MAX_PHONE))


def _named(field: Field) -> None:
    if not field.data:
        raise ValidationError(_("Give it a name."))
    if len(field.data) > MAX_NAME:
        raise ValidationError(_("At most %(n)s characters.", n=MAX_NAME))


@blueprint.get("/settings")
def company_settings() -> Response:
    access.demand(current_user, "settings.edit")
    return _show(_form(None))


@blueprint.post("/settings")
@once
def change_settings() -> Response:
    access.demand(current_user, "settings.edit")
    form = _form(request.form)
    if not form.validate():
        return _show(form, status=422)
    if request.form.get("based_on") != _fingerprint(lock=True):
        return _show(form, status=409, theirs=_form(None))
    settings.change(form.data, by=me())
    flash(_("Saved."))
    return see_other(PAGE)


def _form(given: MultiDict[str, str] | None) -> SettingsForm:
    form = SettingsForm(given, data=settings.all_values())
    form.calendar.choices = [(row.key, row.name) for row in catalog().calendars.values()]
    return form


def _fingerprint(*, lock: bool = False) -> str:
    """Equal as long as nobody changed a setting of this page."""
    if lock:
        settings.hold()
    values = [settings.get(name) for name in SettingsForm(data={})._fields]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def _show(form: SettingsForm, *, status: int = 200, **context: Any) -> Response:
    kept = request.form.get("based_on") if status != 409 else None
    return page(
        "admin/settings/settings.html",
        status=status,
        form=form,
        based_on=kept or _fingerprint(),
        zones=named_zones(),
        zone_of_calendar=company_zone.of_calendar(),
        **context,
    )

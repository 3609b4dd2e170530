"""Announcements to clients: the list, one of them, taking it down."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response, flash, request
from flask_login import current_user
from wtforms import SelectField, StringField, TextAreaField

from blueprints.agent.blueprint import blueprint, me
from blueprints.forms import Form
from blueprints.once import once
from core import clock
from core.i18n import N_, _, zone
from core.web import page, see_other
from core.when import own_time
from desk import access, announcements
from desk.announcements import Wanted
from desk.catalog import catalog
from desk.errors import Invalid
from models import Announcement

LIST = "/agent/kb/announcements"
RIGHT = "sections.edit"
FIELD = "%Y-%m-%dT%H:%M"


class AnnouncementForm(Form):
    """Times as fields of browsers give them, in the reader's zone."""

    text_ru = TextAreaField(N_("Text in Russian"))
    text_en = TextAreaField(N_("Text in English"))
    direction = SelectField(N_("For the clients of"), coerce=int)
    starts_at = StringField(N_("From"))
    ends_at = StringField(N_("Until"))

    @property
    def wanted(self) -> Wanted:
        """Invalid names the field."""
        return Wanted(
            self.text_ru.data or "",
            self.text_en.data or "",
            self.direction.data or None,
            _moment(self.starts_at.data, "starts_at"),
            _moment(self.ends_at.data, "ends_at"),
        )


@blueprint.get("/kb/announcements")
def announcement_list() -> Response:
    access.demand(current_user, "articles.edit")
    return page(
        "agent/kb/announcements.html",
        rows=announcements.every(),
        current={row.id for row in announcements.shown()},
        now=clock.now(),
        editable=access.may(current_user, RIGHT),
    )


@blueprint.get("/kb/announcements/new")
def new_announcement() -> Response:
    access.demand(current_user, RIGHT)
    return _show(_form(None), None)


@blueprint.post("/kb/announcements/new")
@once
def announce() -> Response:
    access.demand(current_user, RIGHT)
    return _saved(_form(None), None)


@blueprint.get("/kb/announcements/<int:number>")
def announcement(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = announcements.announcement_for(number)
    return _show(_form(row), row)


@blueprint.post("/kb/announcements/<int:number>")
@once
def change_announcement(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = announcements.announcement_for(number)
    return _saved(_form(row), row)


@blueprint.post("/kb/announcements/<int:number>/end")
@once
def take_down_announcement(number: int) -> Response:
    access.demand(current_user, RIGHT)
    announcements.take_down(announcements.announcement_for(number), by=me())
    flash(_("The announcement is taken down."))
    return see_other(LIST)


def _saved(form: AnnouncementForm, row: Announcement | None) -> Response:
    if not form.validate():
        return _show(form, row, status=422)
    try:
        if row is None:
            announcements.announce(form.wanted, by=me())
        else:
            announcements.change(row, form.wanted, by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, row, status=422)
    flash(_("Saved."))
    return see_other(LIST)


def _moment(given: str | None, field: str) -> datetime | None:
    if not given:
        return None
    try:
        return datetime.fromisoformat(given).replace(tzinfo=ZoneInfo(zone()))
    except ValueError as error:
        raise Invalid(_("Choose a moment."), field) from error


def _form(row: Announcement | None) -> AnnouncementForm:
    known = {
        "text_ru": row.text_ru if row else "",
        "text_en": row.text_en if row else "",
        "direction": (row.direction_id or 0) if row else 0,
        "starts_at": own_time(row.starts_at if row else clock.now(), FIELD),
        "ends_at": own_time(row.ends_at, FIELD) if row and row.ends_at else "",
    }
    form = AnnouncementForm(request.form or None, data=known)
    rows = [(one.id, one.name) for one in catalog().directions.values()]
    form.direction.choices = [(0, _("all directions")), *rows]
    return form


def _show(form: AnnouncementForm, row: Announcement | None, *, status: int = 200) -> Response:
    return page("agent/kb/announcement.html", status=status, form=form, row=row)

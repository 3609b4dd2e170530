"""A ticket made by an agent for a client who called or came by."""

from flask import Response, request
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from blueprints.agent.blueprint import blueprint, me
from blueprints.forms import Form, one_line
from blueprints.once import once
from core import web
from core.db import db
from core.i18n import N_, _
from core.web import id_given
from desk import people, texts, tickets
from desk.catalog import catalog
from desk.errors import Invalid
from desk.tickets import NewTicket
from models import Ticket

UNKNOWN = -1  # an id that no row has


def _id(value: str | None) -> int | None:
    """None only where nothing was chosen."""
    return (id_given(value) or UNKNOWN) if value else None


class NewTicketForm(Form):
    """Who asks and what about."""

    email = StringField(N_("Client's e-mail"), [], [one_line])
    name = StringField(N_("Client's name"), [], [one_line])
    direction = SelectField(N_("Direction"), coerce=_id, validate_choice=False)
    type = SelectField(N_("Type"), coerce=_id, validate_choice=False)
    subject = StringField(N_("Subject"), [], [one_line])
    text = TextAreaField(N_("What the client asks"))

    def offer(self) -> None:
        words = catalog()
        for field, rows in ((self.direction, words.directions), (self.type, words.types)):
            active = [SelectChoice(str(r.id), r.name) for r in rows.values() if r.is_active]
            field.choices = [SelectChoice("", _("none")), *active]


@blueprint.get("/new")
def new() -> Response:
    return _form(NewTicketForm())


@blueprint.post("/new")
@once
def create() -> Response:
    form = NewTicketForm(request.form)
    try:
        ticket = _opened(form)
    except Invalid as error:
        db.session.rollback()
        form.refuse(error)
        return _form(form, status=422)
    return web.see_other(f"/agent/t/{ticket.number}?view=mine")


def _form(form: NewTicketForm, status: int = 200) -> Response:
    form.offer()
    return web.page("agent/new.html", status=status, form=form)


def _opened(form: NewTicketForm) -> Ticket:
    words = catalog()
    if form.direction.data is not None and form.direction.data not in words.directions:
        raise Invalid(_("There is no such direction."), "direction")
    if form.type.data is not None and form.type.data not in words.types:
        raise Invalid(_("There is no such type."), "type")
    texts.checked_subject(form.subject.data or "")
    texts.checked_text(form.text.data or "")
    asked = NewTicket(
        subject=form.subject.data or "",
        text=form.text.data or "",
        channel="staff",
        direction_id=form.direction.data,
        type_id=form.type.data,
    )
    client = people.client_for(form.email.data or "", name=form.name.data or "")
    ticket = tickets.open_ticket(asked, requester=client, by=me())
    tickets.assign(ticket, me(), by=me())
    return ticket

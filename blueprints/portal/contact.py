"""Writing to us: the form, what is sent with it, and the page that says it has arrived."""

from datetime import timedelta

from flask import Response, request, session, url_for
from flask_login import current_user
from sqlalchemy import select

from blueprints import uploads
from blueprints.faq.audience import reader
from blueprints.masking import masked
from blueprints.once import FIELD, once
from blueprints.portal.blueprints import LANG
from blueprints.portal.blueprints import portal_blueprint as blueprint
from blueprints.portal.contact_form import ContactForm, contact_form
from blueprints.portal.conversation import conversation
from core import bus, security
from core.db import db
from core.i18n import _, locale
from core.web import page, see_other
from desk import access, confirming, inbox, linked, promises, search, throttle
from desk.catalog import catalog
from desk.errors import Invalid, NotFound, TooMany
from desk.inbox import Arrival
from desk.tickets import NewTicket
from models import Case, Client, OutboxItem

PER_ADDRESS = throttle.Limit(times=10, within=timedelta(minutes=10))
PER_SOURCE = throttle.Limit(times=100, within=timedelta(minutes=10))
SENT = "sent"


@blueprint.get(f"{LANG}/contact")
def contact(lang: str) -> Response:
    form = contact_form(request.args, signed_in=writer() is not None)
    if not form.subject.data:
        form.subject.data = ""
    response = _shown(form)
    if not current_user.is_authenticated:  # the way back, after a refusal, finds it as it was left
        response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.post(f"{LANG}/contact")
@once
def send(lang: str) -> Response:
    form = contact_form(request.form, signed_in=writer() is not None)
    form.has_files = uploads.are_given()
    if not form.validate():
        return _shown(form, status=422)
    try:
        case, address = _accept(form, lang)
    except Invalid as error:
        form.refuse(error)
        return _shown(form, status=422, file_error=str(error) if error.field == "files" else "")
    except TooMany as error:
        form.refuse(error)
        response = _shown(form, status=429)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    ref = security.sign([case.id, case.link_nonce, address, _is_visitors(case)], SENT)
    return see_other(url_for("portal.sent", ref=ref))


@blueprint.get(f"{LANG}/contact/sent/<ref>")
def sent(lang: str, ref: str) -> Response:
    """Bookmarkable: whoever has the address has the link to the request, as long as that works."""
    value = security.unsign(ref, SENT)
    if not isinstance(value, list) or len(value) not in (3, 4):
        raise NotFound(_("This link does not work any more."))
    case = access.case_by_link(security.sign(value[:2], "request"))
    is_visitors = value[3:] == [True]
    token = access.visitor_token(case) if is_visitors else access.link_token(case)
    talk = conversation(case)
    return page(
        "portal/sent.html",
        case=case,
        talk=talk,
        copy_to=_copy_to(case, value[2]),
        link=url_for("portal.request_page", token=token),
        is_visitors=is_visitors,
    )


def _is_visitors(case: Case) -> bool:
    """Also when the same form comes again, after the client has opened the request."""
    if current_user.is_authenticated:
        return False
    if case.is_unconfirmed or case in bus.unit().made:
        return case.is_unconfirmed
    return confirming.confirmed_at(case) is not None


def writer() -> Client | None:
    """The signed-in client; a colleague who writes here says for whom."""
    person = current_user._get_current_object() if current_user.is_authenticated else None
    return person if isinstance(person, Client) else None


def _accept(form: ContactForm, lang: str) -> tuple[Case, str]:
    person = writer()
    address = (person.email or "") if person else form.email.data
    _count(address)
    arrival = Arrival(
        channel="portal",
        outside_id=request.form[FIELD],
        new=_ticket(form, lang),
        email=address,
        name="" if person else form.person.data,
        uploads=uploads.received(),
        is_proven=current_user.is_authenticated,
    )
    case = inbox.accept(arrival, sender=person)
    linked.read_before(case, session.get("read", []))
    return case, address


def _ticket(form: ContactForm, lang: str) -> NewTicket:
    only = [row.id for row in catalog().directions.values() if row.is_active]
    direction = form["direction"].data if "direction" in form else (only[0] if only else None)
    return NewTicket(
        subject=form.subject.data,
        text=form.text.data,
        channel="portal",
        locale=lang,
        direction_id=direction,
        type_id=form["type"].data if "type" in form else None,
        fields=form.answers,
    )


def _count(address: str) -> None:
    """TooMany when somebody floods us, or floods an address with our confirmations."""
    by_address, by_source = f"contact:{address}", f"contact-from:{request.remote_addr}"
    throttle.take({by_address: PER_ADDRESS, by_source: PER_SOURCE})


def _shown(form: ContactForm, *, status: int = 200, file_error: str = "") -> Response:
    said = f"{form.subject.data or ''}\n{form.text.data or ''}".strip()
    return page(
        "portal/contact.html",
        "custom_fields",
        "promise",
        status=status,
        form=form,
        writer=writer(),
        promise=promises.answer_by(_asked(form)),
        again=uploads.names_received() if status >= 400 else [],
        file_error=file_error,
        hits=search.suggest(said, request.view_args["lang"], who=reader()) if said else [],  # type: ignore[index]
        about=form.subject.data or "",
        suggest_on=_suggesting(),
        kind_asks=_asking_anew(),
    )


def _asked(form: ContactForm) -> promises.Asked:
    """With the only direction that there is, as the request will have it."""
    new = _ticket(form, locale())
    return promises.Asked(new.direction_id, new.type_id)


def _suggesting() -> dict[str, str]:
    """The subject and the text ask for answers while they are written, together."""
    return {
        "hx-get": url_for("portal.suggest"),
        "hx-trigger": "input changed delay:400ms",
        "hx-include": "#subject, #text",
        "hx-target": "#suggestions",
        "hx-swap": "outerHTML",
        "hx-sync": "closest form:replace",
    }


def _asking_anew() -> dict[str, str]:
    """The kind of request may change by when it is answered."""
    return {
        "hx-get": url_for("portal.contact"),
        "hx-trigger": "change",
        "hx-target": "#custom_fields",
        "hx-swap": "outerHTML",
        "hx-include": "#direction, #type, #custom_fields",
    }


def _copy_to(case: Case, typed: str) -> str:
    """Where the confirmation went, when one was written; another address than typed is masked."""
    query = select(OutboxItem.recipient).where(
        OutboxItem.case_id == case.id, OutboxItem.participant_id == case.requester_id
    )
    recipient = db.session.scalars(query.order_by(OutboxItem.id).limit(1)).first()
    if recipient is None:
        return ""
    return recipient if recipient == typed else masked(recipient)

"""A way in by mail: asking for a link, looking at it as often as one likes, using it once."""

from datetime import timedelta

from flask import Response, request, session

from blueprints.auth.blueprint import blueprint
from blueprints.auth.entering import enter
from blueprints.auth.forms import LinkForm
from blueprints.auth.password import gate, source, too_many
from blueprints.masking import masked
from blueprints.once import once
from core.web import page, safe_next, see_other
from desk import links, people, throttle
from desk.errors import TooMany
from models import SignInLink

PER_ADDRESS = throttle.Limit(times=5, within=timedelta(minutes=15))
PER_SOURCE = throttle.Limit(times=30, within=timedelta(hours=1))
ASKED = "asked_link_for"


@blueprint.post("/signin/link")
@once
def ask_for_link() -> Response:
    form = LinkForm(request.form)
    if not form.validate():
        return gate(link=form, status=422)
    try:
        _count(form.email.data)
    except TooMany as error:
        form.refuse(error)
        return too_many(gate(link=form, status=429), error)
    then = safe_next(request.form.get("next"), "")
    links.send_sign_in_link(form.email.data, after=then)
    session[ASKED] = [form.email.data, then]
    return see_other("/signin/sent")


@blueprint.get("/signin/sent")
def link_sent() -> Response:
    if ASKED not in session:
        return see_other("/signin")
    address, then = session[ASKED]
    form = LinkForm(data={"email": address})
    hours = int(people.LINK_LIFE.total_seconds() // 3600)
    return page("auth/sent.html", address=address, then=then, link_form=form, hours=hours)


@blueprint.get("/signin/l/<token>")
def look_at_link(token: str) -> Response:
    """Mail scanners open every link, so looking changes nothing."""
    link = people.sign_in_link(token)
    return _spent() if link is None else _question(token, link)


@blueprint.post("/signin/l/<token>")
@once
def use_link(token: str) -> Response:
    link = people.sign_in_link(token, lock=True)
    if link is None:
        return _spent()
    person = people.use_sign_in_link(link)
    return enter(person, then=request.form.get("next"), keep="keep" in request.form)


def _question(token: str, link: SignInLink) -> Response:
    return page(
        "auth/confirm.html",
        token=token,
        address=masked(link.participant.email or ""),
        then=safe_next(request.args.get("next"), ""),
    )


def _spent() -> Response:
    then = safe_next(request.values.get("next"), "")
    return page("auth/spent.html", status=410, link_form=LinkForm(), then=then)


def _count(address: str) -> None:
    """The same for known and unknown addresses. TooMany when it is asked too often."""
    by_address, by_source = f"link:{address}", f"link-from:{source()}"
    throttle.take({by_address: PER_ADDRESS, by_source: PER_SOURCE})

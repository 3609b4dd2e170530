"""Participants: finding them by address, making them, passwords and one-time sign-in links."""

from datetime import timedelta
from typing import Any, TypeVar

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from core import clock, security
from core.db import db
from core.i18n import _
from desk import catalog, throttle
from desk.errors import Invalid
from models import (
    Client,
    ContactKind,
    ContactPoint,
    Outsider,
    Participant,
    SignInLink,
    Staff,
)

P = TypeVar("P", bound=Participant)

MAX_NAME = 120
LINK_LIFE = timedelta(hours=24)
# One who guesses is slowed down where they are; an account under attack from everywhere, and an
# office behind one address, have ten times as much.
SIGN_IN_LIMIT = throttle.Limit(times=10, within=timedelta(minutes=15))
WIDE_LIMIT = throttle.Limit(times=100, within=timedelta(minutes=15))


def normal_email(address: str) -> str:
    """The form under which an address is known. Invalid when it is none."""
    try:
        parsed = validate_email(address.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Invalid(_("Enter the full e-mail, for example ivan@example.ru."), "email") from None
    return parsed.normalized.lower()


def clean_name(name: str, fallback: str = "") -> str:
    """One line, at most 120 characters, without control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return (line or fallback)[:MAX_NAME]


def by_email(address: str) -> Participant | None:
    return db.session.scalars(_BY_EMAIL, {"address": address}).first()


_BY_EMAIL = (
    select(Participant)
    .join(Participant.contact_points)
    .where(ContactPoint.kind == ContactKind.EMAIL, ContactPoint.value == bindparam("address"))
)


def client_for(email: str, *, name: str = "", locale: str = "ru") -> Participant:
    """Whoever writes from this address; a new client when nobody is known by it.

    The new one gets its id with what it is made for: one flush instead of two.
    """
    address = normal_email(email)
    found = by_email(address)
    if found is not None:
        return found
    client = Client(
        name=clean_name(name, fallback=address.partition("@")[0]),
        locale=locale,
        own_zone="",
        created_at=clock.now(),
        categories=[],
    )
    return _with_email(client, address)


def new_staff(*, name: str, email: str, role: str, password: str | None, **more: Any) -> Staff:
    """A colleague who can sign in. Invalid when the address is taken or the password too short."""
    address = normal_email(email)
    if by_email(address) is not None:
        raise Invalid(_("Somebody is already known by this address."), "email")
    staff = Staff(
        name=clean_name(name, fallback=address),
        role=role,
        created_at=clock.now(),
        memberships=[],
        directions=[],
        **more,
    )
    if password is not None:
        set_password(staff, password)
    _with_email(staff, address, verified=True)
    db.session.flush()
    catalog.changed()
    return staff


def outsider_for(email: str, name: str = "") -> Participant:
    """Somebody with an address only; whoever is known by it already is taken as is."""
    address = normal_email(email)
    found = by_email(address)
    if found is not None:
        return found
    person = Outsider(name=clean_name(name, fallback=address), created_at=clock.now())
    _with_email(person, address)
    db.session.flush()
    return person


def _with_email(person: P, address: str, *, verified: bool = False) -> P:
    point = ContactPoint(kind=ContactKind.EMAIL, value=address)
    point.verified_at = clock.now() if verified else None
    person.contact_points = [point]
    person.session_key = security.new_token()
    db.session.add(person)
    return person


def set_password(person: Participant, password: str) -> None:
    """Also ends every session of that person."""
    if len(password) < security.MIN_PASSWORD:
        text = _("The password has at least %(n)s characters.", n=security.MIN_PASSWORD)
        raise Invalid(text, "password")
    person.password_hash = security.hash_password(password)
    person.session_key = security.new_token()


def sign_in(email: str, password: str, *, source: str) -> Participant | None:
    """The person with this address and password, or None. TooMany after too many tries.

    The same answer at the same cost whether the address is known or not.
    """
    account = f"sign-in:{email.strip().lower()[:100]}"
    here = f"{account}|{source}"
    wide = (account, f"sign-in-from:{source}")
    throttle.check({here: SIGN_IN_LIMIT, **dict.fromkeys(wide, WIDE_LIMIT)})
    try:
        person = by_email(normal_email(email))
    except Invalid:
        person = None
    right = security.is_password(person.password_hash if person else None, password)
    if right and person is not None and person.is_active:
        throttle.forget(here)
        return person
    throttle.count(here, *wide)
    return None


def new_sign_in_link(person: Participant) -> str:
    """The token of a one-time link; only its hash is kept."""
    token = security.new_token()
    link = SignInLink(
        token_hash=security.digest(token),
        participant_id=person.id,
        created_at=clock.now(),
        expires_at=clock.now() + LINK_LIFE,
    )
    db.session.add(link)
    return token


def sign_in_link(token: str, *, lock: bool = False) -> SignInLink | None:
    """The link as long as it can be used; looking does not use it up.

    `lock` is for using it: of two at the same time the second then finds it used.
    """
    query = (
        select(SignInLink)
        .options(joinedload(SignInLink.participant))
        .where(SignInLink.token_hash == security.digest(token))
    )
    query = query.with_for_update(of=SignInLink) if lock else query
    link = db.session.scalars(query).one_or_none()
    if link is None or link.used_at is not None or link.expires_at < clock.now():
        return None
    return link if link.participant.is_active else None


def use_sign_in_link(link: SignInLink) -> Participant:
    """Use it up; whoever holds it has shown that the address is theirs."""
    link.used_at = clock.now()
    for point in link.participant.contact_points:
        if point.kind == ContactKind.EMAIL and point.verified_at is None:
            point.verified_at = clock.now()
    return link.participant

"""A letter on a real ticket before it is saved: looked at, and sent to whoever looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from core.db import db
from core.i18n import _, use_locale
from desk import access, mails, outbox, throttle
from desk.automation import library
from desk.errors import Invalid, NotFound
from desk.letters.checks import checked
from desk.letters.drawing import Undrawable, draw
from desk.letters.kind import Kind, Words
from desk.throttle import Limit
from models import Case, Rule, RuleState, Staff

TEMPLATE = "letter_test"  # how the outbox names it
TESTS = Limit(times=30, within=timedelta(hours=1))


@dataclass(frozen=True)
class Sample:
    subject: str
    text: str
    html: str


def ticket_for(who: Staff, number: int | None) -> Case | None:
    """The ticket of this number, else the newest that the person may see. Invalid for none."""
    if number is None:
        query = access.visible_cases(who).order_by(None).order_by(Case.id.desc()).limit(1)
        return db.session.scalars(query).unique().first()
    try:
        return access.case_for(who, number)
    except NotFound as error:
        raise Invalid(str(error), "ticket") from error


def sample(kind: Kind, locale: str, words: Words, case: Case | None, reader: Staff) -> Sample:
    """Invalid for what could not be saved either, or makes no letter of this ticket.

    The link that lets its reader in is not given: the one of the workspace stands in its place.
    """
    words = checked(kind, words)
    # The hours are those of whoever gets it, as the city beside them says.
    zone = case.requester.zone if kind.to_client and case is not None else reader.zone
    try:
        with use_locale(locale, zone):
            given = kind.sample(case, reader)
            drawn = draw(kind, words, given)
            text, html = mails.rendered(kind.letter(drawn, given))
    except Undrawable as error:  # said in the language of whoever looks
        raise Invalid(str(error), "body") from error
    if kind.to_client and case is not None:
        text, html = mails.harmless(text, case), mails.harmless(html, case)
    return Sample(drawn.subject, text, html)


def send_to_me(kind: Kind, found: Sample, *, to: Staff, form_key: str) -> str:
    """Through the outbox as any letter, marked; the same from one form leaves once. The address.

    Invalid without an address, TooMany when it goes on and on.
    """
    if not to.email:
        raise Invalid(_("You have no e-mail address."))
    throttle.take({f"letter_test:{to.id}": TESTS})
    with use_locale(to.locale, to.zone):
        subject = _("[test] %(subject)s", subject=found.subject)
    mail = outbox.Mail(
        recipient=to.email,
        subject=subject,
        text=found.text,
        html=found.html,
        template=TEMPLATE,
        to=to,
    )
    mark = sha256(f"{form_key}{kind.key}{found.subject}{found.text}".encode()).hexdigest()[:40]
    outbox.put(mail, dedupe=f"letter_test:{to.id}:{mark}")
    return to.email


def senders(kind: Kind) -> list[Rule]:
    """The triggers at work that send this letter."""
    versions = library.versions_in_force()
    at_work = [rule for rule in library.rules() if rule.state == RuleState.ON]
    return [rule for rule in at_work if _sends(versions[rule.id].definition["then"], kind)]


def _sends(actions: Sequence[Mapping[str, Any]], kind: Kind) -> bool:
    return any(one["do"] == "send_letter" and one.get("letter") == kind.key for one in actions)

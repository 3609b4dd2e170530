"""Doubts about mails: clients without a text in their language, automatic answers, how many."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.i18n import LOCALES, _, ngettext
from desk.automation.lint.finding import (
    AUTOMATIC,
    LANGUAGE,
    MAILS,
    Finding,
    event_told,
    ticket_told,
)
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.witnesses import witnesses
from desk.automation.subjects import UPDATED
from desk.automation.types import yes_or_no
from desk.catalog import LOCALE_NAMES

ANSWERED = "client_replied"
MANY = 20  # mails a day: from there on one should think about them


def languages(rule: Ruled) -> Iterator[Finding]:
    """Clients who would read a mail in a language that is not theirs."""
    for at, stored in _to_client(rule):
        for code in LOCALES if "text" in stored else ():
            if not stored["text"].get(code, "").strip():
                name = _(LOCALE_NAMES[code])
                said = _("%(name)s: clients get the text in another language.", name=name)
                yield Finding(LANGUAGE, f"then.{at}", said)


def automatic(rule: Ruled) -> Iterator[Finding]:
    """A mail to the client at each message of the client, one written by a machine included."""
    if not rule.is_tireless or rule.kinds.isdisjoint((ANSWERED, UPDATED)):
        return
    domain = rule.world.domain("message_automatic")
    by_machine = {"message_automatic": domain.bit(yes_or_no(True))} if domain else None
    for at, _stored in _to_client(rule):
        state = next(witnesses([rule], by_machine, kinds=[ANSWERED]), None)
        if state is not None:
            said = _(
                "An automatic reply of the client sets it off too. The mail to the client is then"
                " held back, the rest is done. Let it run once for each ticket, or add a condition."
            )
            ticket = ticket_told(state, rule.fields)
            yield Finding(AUTOMATIC, f"then.{at}", said, (), event_told(state), ticket)
        return


def expected(mails_a_day: float) -> Iterator[Finding]:
    """How many mails it sends, as a replay has told."""
    mails = round(mails_a_day)
    if mails:
        said = ngettext("About %(num)s mail a day.", "About %(num)s mails a day.", mails)
        yield Finding(MAILS, "then", said, is_quiet=mails < MANY)


def _to_client(rule: Ruled) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for at, stored in enumerate(rule.definition["then"]):
        is_mail = stored["do"] == "send_mail" and stored.get("to") == "client"
        if is_mail or stored["do"] == "send_letter":
            yield at, stored

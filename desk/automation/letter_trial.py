"""Trying a rule on a message that nobody has written yet: its case is opened, and taken back."""

from typing import Any

from core import bus
from core.i18n import locale
from desk import beginning, events, people
from desk.automation.moment import Occurrence, occurrence_of
from desk.automation.ruleset import CompiledRule, compiled_rule
from desk.automation.subjects import DIALOG, subject_of, subjects_of
from desk.automation.trial import Over, Trial, tried
from desk.texts import checked_subject, checked_text, is_seen
from desk.tickets import NewTicket
from models import Case, Dialog, Priority, Ticket
from models.case import FIRST_NUMBER

NUMBER = FIRST_NUMBER - 1  # nobody has it, and none of the real ones is used up
SENDER = "somebody.new@example.com"
Beginning = tuple[type[Case], type[events.Event], dict[str, Any]]
_TICKET: Beginning = (Ticket, events.TicketCreated, {"priority": Priority.NORMAL})
_DIALOG: Beginning = (Dialog, events.DialogCreated, {})


def try_letter(definition: dict[str, Any], subject: str, text: str) -> Trial:
    """As if it came by mail from somebody new. Invalid where it could not have come. Broken.

    What is in the trial may be shown, but nothing more can be asked of its case.
    """
    rule = compiled_rule(definition, 0, 0)
    heading = checked_subject(subject) if is_seen(subject) else ""
    letter = NewTicket(heading, checked_text(text), channel="email", locale=locale())
    try:
        with bus.savepoint():
            case, came = _opened(letter, rule)
            raise Over(tried(definition, rule, case, _heard(rule, case, came)))
    except Over as over:
        return over.trial


def _opened(letter: NewTicket, rule: CompiledRule) -> tuple[Case, events.Event]:
    """A case of the kind that the rule is about, and its first event."""
    sender = people.client_for(SENDER, locale=letter.locale)
    kind, event, more = _DIALOG if subjects_of(rule.kinds) == {DIALOG} else _TICKET
    case = beginning.blank(kind, letter, letter.subject, sender, id=NUMBER, **more)
    beginning.begin(case, letter.text, event, by=sender, inbound=True)
    return case, bus.unit().events[-1]


def _heard(rule: CompiledRule, case: Case, came: events.Event) -> Occurrence:
    """A rule that does not listen to new ones takes it for the message that it waits for."""
    heard = occurrence_of([came], subject=subject_of(case))
    if heard.kinds.isdisjoint(rule.kinds):
        return Occurrence((came,), rule.kinds, subject=heard.subject)
    return heard

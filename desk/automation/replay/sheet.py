"""The outcome of a replay as an Excel file."""

from collections.abc import Iterable
from typing import Any

from core.excel import Sheet, workbook
from core.i18n import _, format_date
from desk.automation.replay.outcome import Outcome


def sheet(outcome: Outcome) -> bytes:
    """The tickets that would have ended otherwise, the rules, the days."""
    return workbook(
        Sheet(_("Otherwise"), _tickets_head(outcome), _tickets(outcome)),
        Sheet(_("Triggers"), _rules_head(outcome), _rules(outcome)),
        Sheet(_("By day"), _days_head(), _days(outcome)),
    )


def _tickets_head(outcome: Outcome) -> list[str]:
    return [
        _("Number"),
        _("Subject"),
        _("Field"),
        _("As it is"),
        _("As it would be"),
        _("Set by"),
        *_of_one(outcome, _("Because of")),
    ]


def _of_one(outcome: Outcome, cell: str) -> list[str]:
    """What parts the trigger that is tried from the others, where one is."""
    return [cell] if outcome.is_of_one else []


def _tickets(outcome: Outcome) -> Iterable[list[Any]]:
    for ticket in outcome.tickets:
        case = ticket.case
        for one in ticket.differences:
            why = _("this trigger") if one.is_mine else _("other triggers")
            row = [case.number, case.subject, one.label, one.before, one.after, one.by]
            yield [*row, *_of_one(outcome, why)]


def _rules_head(outcome: Outcome) -> list[str]:
    return [
        _("Number"),
        _("Trigger"),
        _("Would have acted"),
        _("Acted in life"),
        _("Tickets"),
        _("Mails"),
        _("Failed"),
        *_of_one(outcome, _("Which one")),
    ]


def _rules(outcome: Outcome) -> Iterable[list[Any]]:
    for one in outcome.rules:
        number = one.rule_id if one.rule_id > 0 else ""
        which = _("this trigger") if one.is_tried else _("another one")
        row = [number, one.name, one.fired, one.live, one.cases, one.mails, one.failed]
        yield [*row, *_of_one(outcome, which)]


def _days_head() -> list[str]:
    return [_("Day"), _("Would have acted"), _("Otherwise"), _("Mails")]


def _days(outcome: Outcome) -> Iterable[list[Any]]:
    for one in outcome.days:
        yield [format_date(one.at), one.fired, one.otherwise, one.mails]

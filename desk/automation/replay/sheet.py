"""The outcome of a replay as an Excel file."""

from collections.abc import Iterable
from typing import Any

from core.excel import Sheet, workbook
from core.i18n import _, format_date
from desk.automation.replay.outcome import Outcome


def sheet(outcome: Outcome) -> bytes:
    """The tickets that would have ended otherwise, the rules, the days."""
    return workbook(
        Sheet(_("Otherwise"), _tickets_head(), _tickets(outcome)),
        Sheet(_("Triggers"), _rules_head(), _rules(outcome)),
        Sheet(_("By day"), _days_head(), _days(outcome)),
    )


def _tickets_head() -> list[str]:
    return [_("Number"), _("Subject"), _("Field"), _("As it is"), _("As it would be"), _("Set by")]


def _tickets(outcome: Outcome) -> Iterable[list[Any]]:
    for ticket in outcome.tickets:
        for one in ticket.differences:
            case = ticket.case
            yield [case.number, case.subject, one.label, one.before, one.after, one.by]


def _rules_head() -> list[str]:
    return [
        _("Number"),
        _("Trigger"),
        _("Would have acted"),
        _("Acted in life"),
        _("Tickets"),
        _("Mails"),
        _("Failed"),
    ]


def _rules(outcome: Outcome) -> Iterable[list[Any]]:
    for one in outcome.rules:
        number = one.rule_id if one.rule_id > 0 else ""
        yield [number, one.name, one.fired, one.live, one.cases, one.mails, one.failed]


def _days_head() -> list[str]:
    return [_("Day"), _("Would have acted"), _("Otherwise"), _("Mails")]


def _days(outcome: Outcome) -> Iterable[list[Any]]:
    for one in outcome.days:
        yield [format_date(one.at), one.fired, one.otherwise, one.mails]

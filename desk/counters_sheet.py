"""What one counter fired, as an Excel file."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core import clock
from core.db import db
from core.excel import Sheet, workbook
from core.i18n import _, zone
from desk.automation.pieces import plain
from desk.automation.told import Told
from desk.counters_report import Firing, fired
from models import CounterFiring, CounterPolicy, CounterPolicyVersion, Staff

YEAR = timedelta(days=366)
EXPORTED = 50_000


def sheet(who: Staff, of: CounterPolicy) -> bytes:
    """Its firings of the last year in the reader's zone, the newest first; at most EXPORTED."""
    query = (
        fired(who, of)
        .join(CounterPolicyVersion, CounterPolicyVersion.id == CounterFiring.policy_version_id)
        .add_columns(CounterPolicyVersion.number)
        .where(CounterFiring.at >= clock.now() - YEAR)
        .limit(EXPORTED)
    )
    rows = (_row(Firing(*row[:-1]), row[-1]) for row in db.session.execute(query))
    return workbook(Sheet(_("Firings"), _head(), rows))


def _head() -> list[str]:
    return [
        _("Ticket"),
        _("Subject"),
        _("Step"),
        f"{_('Due')} ({zone()})",
        f"{_('Fired')} ({zone()})",
        _("Late by, seconds"),
        _("Run"),
        _("Version"),
        _("What it did"),
    ]


def _row(one: Firing, version: int) -> list[Any]:
    late = int(one.late.total_seconds())
    did = "; ".join(map(_said, one.effects))
    times = _here(one.due_at), _here(one.at)
    return [one.case_id, one.subject, one.step + 1, *times, late, one.episode, version, did]


def _said(one: Told) -> str:
    change = " → ".join(filter(None, (one.before, one.after)))
    said = " ".join(filter(None, (change, plain(one.said), one.held)))
    return f"{one.label}: {said}" if said else one.label


def _here(at: datetime) -> datetime:
    """A cell has no zone: the head of the column says which."""
    return at.astimezone(ZoneInfo(zone())).replace(tzinfo=None)

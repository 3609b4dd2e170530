"""What counters fired, as a file: one of them over a year, or all between two dates."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select

from core import clock
from core.db import db
from core.excel import Sheet, workbook
from core.i18n import _, format_number, zone
from desk import counters_report
from desk.automation.pieces import plain
from desk.automation.told import Told
from desk.counter_firings import Firing, fired, whole_days
from desk.errors import Invalid
from models import CounterFiring, CounterPolicy, CounterPolicyVersion, Staff

YEAR = timedelta(days=366)
EXPORTED = 50_000
READ = 1000


def sheet(who: Staff, of: CounterPolicy) -> bytes:
    """Its firings of the last year in the reader's zone, the newest first; at most EXPORTED."""
    query = fired(who, of).where(CounterFiring.at >= clock.now() - YEAR)
    rows = (_row(one, version) for one, version in _in_pages(query))
    return workbook(Sheet(_("Firings"), _head(), rows))


def all_firings(who: Staff, first: date, last: date) -> Sheet:
    """Of all counters from one day to another in the reader's zone, the newest first, on tickets
    that this person may see. Invalid when the days can't be, or there are more than EXPORTED."""
    query = fired(who, during=whole_days(first, last))
    some = query.with_only_columns(CounterFiring.id).limit(EXPORTED + 1).subquery()
    if (db.session.scalar(select(func.count()).select_from(some)) or 0) > EXPORTED:
        most = format_number(EXPORTED)
        raise Invalid(_("More than %(most)s firings: choose fewer days.", most=most), "from")
    names = {policy.id: policy.name for policy, _version in counters_report.policies()}
    rows = ([*_row(one, number), names[one.policy_id]] for one, number in _in_pages(query))
    return Sheet(_("Firings"), [*_head(), _("Counter")], rows)


def _in_pages(query: Select[*tuple[Any, ...]]) -> Iterator[tuple[Firing, int]]:
    """The first EXPORTED firings with the numbers of their versions, READ at a time: what went
    into the file is not held any more."""
    query = query.join(
        CounterPolicyVersion, CounterPolicyVersion.id == CounterFiring.policy_version_id
    ).add_columns(CounterPolicyVersion.number)
    page, left = query, EXPORTED
    while left > 0:
        found = db.session.execute(page.limit(min(READ, left))).all()
        yield from ((Firing(*row[:-1]), row[-1]) for row in found)
        if len(found) < READ:
            return
        page, left = query.where(CounterFiring.id < found[-1][0]), left - len(found)


def _head() -> list[str]:
    return [
        _("Ticket"),
        _("Subject"),
        _("Step"),
        f"{_('Due')} ({zone()})",
        f"{_('Fired')} ({zone()})",
        _("Late by, seconds"),
        _("Why late"),
        _("Run"),
        _("Version"),
        _("What it did"),
    ]


def _row(one: Firing, version: int) -> list[Any]:
    late = int(one.late.total_seconds())
    did = "; ".join(map(_said, one.effects))
    times = _here(one.due_at), _here(one.at)
    return [
        one.case_id,
        one.subject,
        one.step + 1,
        *times,
        late,
        one.why_late,
        one.episode,
        version,
        did,
    ]


def _said(one: Told) -> str:
    change = " → ".join(filter(None, (one.before, one.after)))
    said = " ".join(filter(None, (change, plain(one.said), one.held)))
    return f"{one.label}: {said}" if said else one.label


def _here(at: datetime) -> datetime:
    """To the second. A cell has no zone: the head of the column says which."""
    return at.astimezone(ZoneInfo(zone())).replace(microsecond=0, tzinfo=None)

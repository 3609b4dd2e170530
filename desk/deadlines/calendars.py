"""Changing a calendar: every counter that runs on it is computed anew at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from core.db import db
from core.i18n import _
from desk import catalog, events, history, revision
from desk.business_time import WorkCalendar
from desk.deadlines import ledger, policies
from desk.errors import Invalid
from models import Calendar, Counter, CounterPolicyVersion, CounterState, Participant


def change_calendar(
    calendar: Calendar,
    *,
    by: Participant,
    week: Sequence[Any],
    exceptions: Mapping[str, Any],
    holidays: str | None,
    zone: str,
) -> None:
    """Change a calendar; every running counter on it is computed anew. Invalid when impossible."""
    try:
        WorkCalendar.from_row(zone, week, holidays, exceptions)
    except (ValueError, KeyError) as error:
        raise Invalid(_("The calendar can't be: %(why)s", why=error), "week") from error
    calendar.week, calendar.exceptions = list(week), dict(exceptions)
    calendar.holidays, calendar.zone = holidays, zone
    data = {"what": "calendar", "id": calendar.id, "name": calendar.name_ru}
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.flush()
    catalog.changed()
    revision.bump("policies")
    _recompute(calendar)


def _recompute(calendar: Calendar) -> None:
    running = (
        select(Counter)
        .join(CounterPolicyVersion, CounterPolicyVersion.id == Counter.policy_version_id)
        .where(
            CounterPolicyVersion.calendar_id == calendar.id, Counter.state == CounterState.RUNNING
        )
    )
    for counter in db.session.scalars(running).all():
        ledger.compute(counter, policies.version(counter.policy_version_id))
        ledger.mark_nearest(counter.case)

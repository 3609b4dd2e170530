"""Cases put off: out of the lists until a moment, or until the client writes.

Their counters run on: who puts a thing off still owes the answer.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core import bus, clock
from core.db import db
from core.i18n import N_, _, zone
from desk import events, history, promises
from desk.business_time import NoWorkingTime, is_working, next_window
from desk.errors import Invalid
from models import Case, Participant

FARTHEST = timedelta(days=366)
BATCH = 100
LATER = timedelta(hours=3)
MORNING = time(9)


class Preset(NamedTuple):
    key: str
    label: str
    until: datetime


def presets() -> list[Preset]:
    """Moments to choose from, in the reader's zone, in office hours, each under its true name."""
    asked = _asked()
    opens = _in_office(asked["tomorrow"]).astimezone(asked["tomorrow"].tzinfo)
    is_tomorrow = opens.date() == asked["tomorrow"].date()
    named = {
        "later": N_("In three hours"),
        "tomorrow": N_("Tomorrow morning") if is_tomorrow else N_("When work begins again"),
        "week": N_("Next week"),
    }
    offered = [Preset(key, label, _in_office(asked[key])) for key, label in named.items()]
    if offered[0].until != asked["later"]:
        del offered[0]
    seen: set[datetime] = set()
    return [one for one in offered if not (one.until in seen or seen.add(one.until))]  # type: ignore[func-returns-value]


def moment_of(preset: str) -> datetime | None:
    """By its key; those too that are not offered any more since the page was drawn."""
    at = _asked().get(preset)
    return _in_office(at) if at else None


def _asked() -> dict[str, datetime]:
    """Moments by the clock on the wall, whether anybody is at work then or not."""
    here = ZoneInfo(zone())
    now = clock.now().astimezone(here)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), MORNING, here)
    week = datetime.combine(now.date() + timedelta(days=7 - now.weekday()), MORNING, here)
    return {"later": now + LATER, "tomorrow": tomorrow, "week": week}


def _in_office(at: datetime) -> datetime:
    """The moment itself, or when work begins after it."""
    hours = promises.calendar_in_force()
    try:
        return at if hours is None or is_working(hours, at) else next_window(hours, at)[0]
    except NoWorkingTime:
        return at


def snooze(case: Case, until: datetime, *, by: Participant) -> None:
    """Invalid when the case is not open, or the moment is past or too far."""
    if not case.is_open:
        raise Invalid(_("Only an open ticket can be put off."), "until")
    if until <= clock.now():
        raise Invalid(_("This moment has passed. Choose one to come."), "until")
    if until > clock.now() + FARTHEST:
        raise Invalid(_("Choose a moment within a year from now."), "until")
    case.snoozed_until, case.woken_at, case.woken_by = until, None, None
    history.record(events.Snoozed, case, by=by, data={"until": until.isoformat()})


def wake(case: Case, why: str, *, by: Participant | None = None) -> None:
    """`why` = time | client | person; nothing happens to a case that is not put off."""
    if case.snoozed_until is None:
        return
    case.snoozed_until, case.woken_at, case.woken_by = None, clock.now(), why
    history.record(events.Returned, case, by=by, data={"why": why})


def wake_due(limit: int = BATCH) -> int:
    """Bring back those whose time has come, each in a unit of its own; how many."""
    with bus.unit_of_work(writes=False):
        due = select(Case.id).where(Case.snoozed_until <= clock.now())
        found = db.session.scalars(due.order_by(Case.snoozed_until, Case.id).limit(limit)).all()
    for number in found:
        with bus.unit_of_work():
            case = db.session.get_one(Case, number, with_for_update={"of": Case})
            if case.snoozed_until is not None and case.snoozed_until <= clock.now():
                wake(case, "time")
    return len(found)


@bus.at_end(stage=12)
def wake_what_clients_wrote_on(happened: Sequence[events.Event]) -> None:
    """And what is finished: nothing comes back that is done."""
    for event in happened:
        if isinstance(event, (events.ClientReplied, events.StatusChanged)):
            case = db.session.get_one(Case, event.case_id)
            if isinstance(event, events.ClientReplied):
                wake(case, "client")
            elif not case.is_open:
                case.snoozed_until = None

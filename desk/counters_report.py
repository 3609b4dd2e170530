"""Counters in figures: what runs, what is late, what fired, what fails."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.i18n import _
from desk import access
from desk.automation.subjects import TICKET
from desk.deadlines.kinds import KINDS
from desk.errors import NotFound
from models import (
    Case,
    Counter,
    CounterFiring,
    CounterPolicy,
    CounterPolicyVersion,
    CounterState,
    Staff,
)

WEEK = timedelta(days=7)
COUNTED = 1000  # counts stop here: "1000+"
FAILING = 20
PAGE = 50


@dataclass(frozen=True)
class Figures:
    """Of one policy; `running` includes what is paused. COUNTED + 1 stands for "more"."""

    running: int
    late: int
    fired: int


def policies() -> list[tuple[CounterPolicy, CounterPolicyVersion]]:
    """All of them with the version in force, in the order in which they are tried."""
    query = (
        select(CounterPolicy, CounterPolicyVersion)
        .join(CounterPolicyVersion, CounterPolicyVersion.policy_id == CounterPolicy.id)
        .where(CounterPolicyVersion.number == CounterPolicy.version_number)
        .order_by(CounterPolicy.position, CounterPolicy.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def policy(number: int, *, lock: bool = False) -> tuple[CounterPolicy, CounterPolicyVersion]:
    """A policy and its version in force. NotFound."""
    query = select(CounterPolicy).where(CounterPolicy.id == number)
    query = query.with_for_update() if lock else query
    found = db.session.scalars(query).one_or_none() if number < 2**31 else None
    if found is None:
        raise NotFound(_("There is no such counter."))
    return found, _version(found, found.version_number)


def _version(of: CounterPolicy, number: int) -> CounterPolicyVersion:
    query = select(CounterPolicyVersion).filter_by(policy_id=of.id, number=number)
    return db.session.scalars(query).one()


def versions(of: CounterPolicy) -> list[CounterPolicyVersion]:
    """The newest first."""
    query = (
        select(CounterPolicyVersion)
        .options(joinedload(CounterPolicyVersion.author))
        .where(CounterPolicyVersion.policy_id == of.id)
        .order_by(CounterPolicyVersion.number.desc())
        .limit(PAGE)
    )
    return list(db.session.scalars(query))


def figures() -> dict[int, Figures]:
    """By policy, in two statements whose cost does not grow with the tickets."""
    going = Counter.state.in_((CounterState.RUNNING, CounterState.PAUSED))
    running = _bounded(going)
    late = _bounded(going, Counter.limit_at < clock.now())
    counts = db.session.execute(select(CounterPolicy.id, running, late)).all()
    fired = (
        select(Counter.policy_id, func.count())
        .join(CounterFiring, CounterFiring.counter_id == Counter.id)
        .where(CounterFiring.at >= clock.now() - WEEK)
        .group_by(Counter.policy_id)
    )
    lately = {row[0]: row[1] for row in db.session.execute(fired)}
    return {row[0]: Figures(row[1], row[2], lately.get(row[0], 0)) for row in counts}


def _bounded(*holds: ColumnElement[bool]) -> ScalarSelect[int]:
    some = (
        select(literal(1).label("one"))
        .select_from(Counter)
        .where(Counter.policy_id == CounterPolicy.id, *holds)
        .correlate(CounterPolicy)
        .limit(COUNTED + 1)
        .subquery()
    )
    return select(func.count()).select_from(some).scalar_subquery()


def without(of: CounterPolicy) -> int:
    """How many open tickets no clock of it runs on, or of its kind where they share one."""
    its = CounterPolicy.kind == of.kind if KINDS[of.kind].is_one else CounterPolicy.id == of.id
    going = (
        select(Counter.id)
        .join(CounterPolicy, CounterPolicy.id == Counter.policy_id)
        .where(Counter.case_id == Case.id, Counter.state != CounterState.STOPPED, its)
    )
    query = select(func.count()).where(Case.is_open, Case.kind == TICKET, ~going.exists())
    return db.session.scalar(query) or 0


def failing(who: Staff) -> list[Counter]:
    """What was tried and did not work, with its ticket and policy; of tickets that one may see."""
    cases = access.visible_cases(who).with_only_columns(Case.id)
    query = (
        select(Counter)
        .options(joinedload(Counter.case), joinedload(Counter.policy))
        .where(Counter.failures > 0, Counter.case_id.in_(cases))
        .order_by(Counter.id)
        .limit(FAILING)
    )
    return list(db.session.scalars(query))


def failing_one(number: int) -> Counter:
    """NotFound."""
    found = db.session.get(Counter, number, with_for_update=True) if number < 2**31 else None
    if found is None:
        raise NotFound(_("There is no such counter."))
    return found

"""Long work in the background: a table claimed under a lease, as the outbox is.

A kind of work is a function of its arguments, found by `@work("kind")`. It is done outside of any
unit of work and says how far it is; saying so renews the lease, and ends it when it was cancelled.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, func, or_, select, update

from core import bus, clock
from core.db import db
from core.failpoints import failpoint
from core.i18n import _
from desk.errors import Invalid, NotFound
from models import Job, JobState, Participant

log = logging.getLogger("liniya.jobs")

LEASE = timedelta(minutes=1)
MOST_ATTEMPTS = 3
MOST_WAITING = 10
KEPT = timedelta(days=30)
SAY_EVERY_MS = 500

Progress = Callable[[int, int], None]
Work = Callable[[Mapping[str, Any], Progress], dict[str, Any]]
KINDS: dict[str, Work] = {}
WAITING = (JobState.QUEUED, JobState.RUNNING)


class Cancelled(Exception):  # noqa: N818 - says what happened
    """Somebody cancelled it, or it is in other hands: stop, nothing of it is kept."""


def work(kind: str) -> Callable[[Work], Work]:
    def register(function: Work) -> Work:
        KINDS[kind] = function
        return function

    return register


def start(kind: str, arguments: Mapping[str, Any], *, by: Participant) -> Job:
    """Ask for work. Invalid when enough waits already."""
    waiting = select(func.count()).select_from(Job).where(Job.state.in_(WAITING))
    if (db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise Invalid(_("Enough is being worked on already. Wait for it, or cancel some of it."))
    job = Job(kind=kind, arguments=dict(arguments), by_id=by.id, created_at=clock.now())
    db.session.add(job)
    db.session.flush()
    return job


def start_once(kind: str, arguments: Mapping[str, Any], *, by: Participant) -> Job:
    """The same work that waits or is being done already, else new work. Invalid as `start`."""
    waiting = select(Job).where(Job.kind == kind, Job.state.in_(WAITING))
    for job in db.session.scalars(waiting):
        if job.arguments == dict(arguments):
            return job
    return start(kind, arguments, by=by)


def job_for(number: int, kind: str, *, lock: bool = False) -> Job:
    """NotFound."""
    query = select(Job).where(Job.id == number, Job.kind == kind)
    job = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if job is None:
        raise NotFound(_("There is no such work."))
    return job


def latest(kind: str, limit: int = 20) -> list[Job]:
    query = select(Job).where(Job.kind == kind).order_by(Job.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def cancel(job: Job) -> bool:
    """Whoever works on it stops when it next says how far it is."""
    if job.is_over:
        return False
    job.state, job.finished_at, job.lease_until = JobState.CANCELLED, clock.now(), None
    return True


def run_next() -> bool:
    """Do one piece of work, if there is any. Safe in any number of processes."""
    with bus.unit_of_work(writes=False):
        if db.session.scalar(_free().limit(1)) is None:
            return False
    with bus.unit_of_work():
        claimed = _claim()
    if claimed is not None:
        _do(claimed)
    return claimed is not None


def release() -> None:
    """What a dead process was doing is free at once. Only for who is alone with the database."""
    held = Job.state == JobState.RUNNING
    db.session.execute(update(Job).where(held).values(lease_until=None))


def _free() -> Select[int]:
    unheld = or_(Job.lease_until.is_(None), Job.lease_until < clock.now())
    return select(Job.id).where(Job.state.in_(WAITING), unheld).order_by(Job.id)


def _claim() -> int | None:
    free = _free().limit(1).with_for_update(skip_locked=True).cte("free")  # as in the outbox
    taken = (
        update(Job)
        .where(Job.id.in_(select(free.c.id)))
        .values(
            state=JobState.RUNNING,
            lease_until=clock.now() + LEASE,
            attempts=Job.attempts + 1,
            done=0,
        )
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(taken)


def _do(number: int) -> None:
    with bus.unit_of_work(writes=False):
        job = db.session.get_one(Job, number)
        kind, arguments, attempt = job.kind, dict(job.arguments), job.attempts
    failpoint("jobs.claimed")
    try:
        if attempt > MOST_ATTEMPTS:
            raise Invalid(_("It was broken off %(n)s times.", n=MOST_ATTEMPTS))
        result = KINDS[kind](arguments, _progress(number, attempt))
        _finish(number, attempt, state=JobState.DONE, result=result)
    except Cancelled:
        log.info("job %s was cancelled", number)
    except Exception as error:  # whatever it was, it is named in its row and the next one goes on
        log.exception("job %s failed", number)
        _finish(number, attempt, state=JobState.FAILED, error=_named(error))


def _named(error: Exception) -> str:
    known = isinstance(error, Invalid)
    return (str(error) if known else f"{type(error).__name__}: {error}")[:500]


def _progress(number: int, attempt: int) -> Progress:
    since, last = clock.stopwatch(), -float(SAY_EVERY_MS)

    def say(done: int, total: int) -> None:
        nonlocal last
        if since() - last >= SAY_EVERY_MS:
            last = since()
            _change(number, attempt, done=done, total=total, lease_until=clock.now() + LEASE)

    return say


def _finish(number: int, attempt: int, **values: Any) -> None:
    try:
        _change(number, attempt, finished_at=clock.now(), lease_until=None, **values)
    except Cancelled:
        log.info("job %s was cancelled at its end", number)


def _change(number: int, attempt: int, **values: Any) -> None:
    """Cancelled when it is no longer ours."""
    with bus.unit_of_work():
        ours = (Job.id == number, Job.state == JobState.RUNNING, Job.attempts == attempt)
        changed = update(Job).where(*ours).values(**values).returning(Job.id)
        options = {"synchronize_session": False}
        if db.session.scalar(changed, execution_options=options) is None:
            raise Cancelled


def sweep() -> None:
    """What is long over is forgotten."""
    over = Job.finished_at < clock.now() - KEPT
    db.session.execute(delete(Job).where(over), execution_options={"synchronize_session": False})

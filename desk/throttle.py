"""Limits on how often something may be tried, held in a table so that all processes share them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, delete, func, insert, or_, select

from core import clock
from core.db import db
from core.i18n import _
from desk.errors import TooMany
from models import Attempt

LONGEST = 200  # characters of a bucket's name


@dataclass(frozen=True)
class Limit:
    times: int
    within: timedelta


def check(limits: Mapping[str, Limit]) -> None:
    """TooMany when any of the buckets is full."""
    now = clock.now()
    recent = (
        and_(Attempt.bucket == bucket[:LONGEST], Attempt.at > now - limit.within)
        for bucket, limit in limits.items()
    )
    query = select(Attempt.bucket, func.count(), func.min(Attempt.at)).where(or_(*recent))
    limit_of = {bucket[:LONGEST]: limit for bucket, limit in limits.items()}
    for bucket, times, first in db.session.execute(query.group_by(Attempt.bucket)):
        if times >= limit_of[bucket].times:
            wait = int((first + limit_of[bucket].within - now).total_seconds()) + 1
            raise TooMany(_("Too many tries. Try again in %(n)s min.", n=wait // 60 + 1), wait)


def count(*buckets: str) -> None:
    rows = [{"bucket": bucket[:LONGEST], "at": clock.now()} for bucket in buckets]
    db.session.execute(insert(Attempt), rows)


def take(limits: Mapping[str, Limit]) -> None:
    """Check, then count: for what is limited whether it succeeds or not."""
    check(limits)
    count(*limits)


def forget(bucket: str) -> None:
    db.session.execute(delete(Attempt).where(Attempt.bucket == bucket))


def sweep(older_than: timedelta = timedelta(days=1)) -> None:
    """Throw away what no limit looks at any more."""
    db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - older_than))

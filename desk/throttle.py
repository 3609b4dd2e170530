"""Limits on how often something may be tried, held in a table so that all processes share them."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from core import clock
from core.db import db
from core.i18n import _
from desk.errors import TooMany
from models import Attempt


@dataclass(frozen=True)
class Limit:
    times: int
    within: timedelta


def check(limit: Limit, *buckets: str) -> None:
    """TooMany when any of the buckets is full."""
    since = clock.now() - limit.within
    query = (
        select(Attempt.bucket, func.min(Attempt.at))
        .where(Attempt.bucket.in_(buckets), Attempt.at > since)
        .group_by(Attempt.bucket)
        .having(func.count() >= limit.times)
    )
    full = db.session.execute(query).first()
    if full is not None:
        wait = int((full[1] + limit.within - clock.now()).total_seconds()) + 1
        raise TooMany(_("Too many tries. Try again in %(n)s min.", n=wait // 60 + 1), wait)


def count(*buckets: str) -> None:
    db.session.add_all([Attempt(bucket=bucket[:200], at=clock.now()) for bucket in buckets])


def forget(bucket: str) -> None:
    db.session.execute(delete(Attempt).where(Attempt.bucket == bucket))


def sweep(older_than: timedelta = timedelta(days=1)) -> None:
    """Throw away what no limit looks at any more."""
    db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - older_than))

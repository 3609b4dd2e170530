"""Limits on how often something may be tried, held in a table so that all processes share them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, func, insert, or_, select

from core import clock
from core.db import db, table
from core.i18n import _
from desk.errors import TooMany
from models import Attempt

LONGEST = 200  # characters of a bucket's name
_ROWS = table(Attempt)
_COUNT = insert(_ROWS)


@dataclass(frozen=True)
class Limit:
    times: int
    within: timedelta


def check(limits: Mapping[str, Limit]) -> None:
    """TooMany when any of the buckets is full."""
    now = clock.now()
    limit_of = {bucket[:LONGEST]: limit for bucket, limit in limits.items()}
    values: dict[str, Any] = {}
    for at, (bucket, limit) in enumerate(limit_of.items()):
        values |= {f"bucket{at}": bucket, f"since{at}": now - limit.within}
    for bucket, times, first in db.session.execute(_recent(len(limit_of)), values):
        if times >= limit_of[bucket].times:
            wait = int((first + limit_of[bucket].within - now).total_seconds()) + 1
            raise TooMany(_("Too many tries. Try again in %(n)s min.", n=wait // 60 + 1), wait)


@cache
def _recent(buckets: int) -> Select[Any]:
    """Of so many buckets those that were tried: name, how often, when first."""
    tried = (
        and_(_ROWS.c.bucket == bindparam(f"bucket{at}"), _ROWS.c.at > bindparam(f"since{at}"))
        for at in range(buckets)
    )
    query = select(_ROWS.c.bucket, func.count(), func.min(_ROWS.c.at))
    return query.where(or_(*tried)).group_by(_ROWS.c.bucket)


def count(*buckets: str) -> None:
    rows = [{"bucket": bucket[:LONGEST], "at": clock.now()} for bucket in buckets]
    db.session.execute(_COUNT, rows)


def take(limits: Mapping[str, Limit]) -> None:
    """Check, then count: for what is limited whether it succeeds or not."""
    check(limits)
    count(*limits)


def forget(bucket: str) -> None:
    db.session.execute(delete(Attempt).where(Attempt.bucket == bucket))


def sweep(older_than: timedelta = timedelta(days=1)) -> None:
    """Throw away what no limit looks at any more."""
    db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - older_than))

"""Colleagues who want to hear of a case that is not theirs."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from core import clock
from core.db import db, put_if_absent
from desk import revision
from models import Case, Staff, Watch

REVISION = "watches"


def watch(case: Case, who: Staff) -> None:
    """From now on; once is enough."""
    if put_if_absent(Watch, case_id=case.id, staff_id=who.id, since=clock.now()):
        revision.bump(REVISION)


def unwatch(case: Case, who: Staff) -> None:
    row = db.session.get(Watch, (case.id, who.id))
    if row is not None:
        db.session.delete(row)
        revision.bump(REVISION)


def watchers(case_id: int) -> frozenset[int]:
    """Staff ids; kept in memory, for each event of each case asks it."""
    return _kept().get(case_id, frozenset())


def _kept() -> Mapping[int, frozenset[int]]:
    return revision.kept(REVISION, _load)


def _load() -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(select(Watch.case_id, Watch.staff_id)):
        found[row.case_id].add(row.staff_id)
    return {case: frozenset(people) for case, people in found.items()}

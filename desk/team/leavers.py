"""What stands open of somebody who goes: how much, and what becomes of it."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.db import db
from desk.catalog import catalog
from desk.routing.leaving import Why, policy_of
from models import Case, Group, Staff


@dataclass(frozen=True)
class Left:
    """`work` = {what becomes of it: how many}; `heads` = groups that would have no head."""

    work: Mapping[str, int]
    heads: Sequence[Group]

    @property
    def total(self) -> int:
        return sum(self.work.values())


def left_by(person: Staff) -> Left:
    """If they were deactivated now."""
    query = select(Case).where(Case.is_open, Case.assignee_id == person.id)
    work = Tally(policy_of(case, Why.GONE) for case in db.session.scalars(query).unique())
    heads = [group for group in catalog().groups.values() if group.head_id == person.id]
    return Left({str(each): count for each, count in sorted(work.items())}, heads)

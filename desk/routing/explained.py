"""Decisions of the dispatcher in words: who got a case, who did not and why, why it waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from core.db import db
from core.i18n import _
from desk import dispatcher
from desk.catalog import catalog
from desk.dispatcher import MODES, Decision
from desk.routing.names import named
from models import Case, Group, Routing

SHOWN = 20
NAMED = 3  # of those who can't take it, in one line


@dataclass(frozen=True)
class Line:
    """One agent: slots in use then, and what ranked them, or each reason against them."""

    name: str
    used: int
    slots: int
    said: Sequence[str]


@dataclass(frozen=True)
class Told:
    """`who` None = it waits. `waited` = how long it had, where it had to."""

    at: datetime
    who: str | None
    why: str
    group: Group | None
    mode: str
    candidates: Sequence[Line]
    excluded: Sequence[Line]
    sticky: str = ""
    waited: timedelta | None = None
    given_back_at: datetime | None = None

    @property
    def hindered(self) -> str:
        """The first of those who can't take it and why, in one line."""
        said = [f"{line.name}: {line.said[0]}" for line in self.excluded[:NAMED]]
        more = len(self.excluded) - NAMED
        return "; ".join(said) + (_(" and %(num)s more", num=more) if more > 0 else "")


def told(decision: Decision, row: Routing | None = None) -> Told:
    """Of a decision, kept in `row` or only made up."""
    mode = MODES.get(decision.mode)
    first = decision.candidates[0] if decision.candidates else None
    since = row.since if row else None
    return Told(
        at=decision.at,
        who=named("agent", first.agent_id) if first else None,
        why=dispatcher.told(decision, named),
        group=catalog().groups.get(decision.group),
        mode=_(mode.label) if mode else decision.mode,
        candidates=[
            Line(
                named("agent", one.agent_id),
                one.used,
                one.slots,
                [dispatcher.candidate_told(decision, one)],
            )
            for one in decision.candidates
        ],
        excluded=[
            Line(
                named("agent", one.agent_id),
                one.used,
                one.slots,
                dispatcher.excluded_told(decision, one, named),
            )
            for one in decision.excluded
        ],
        sticky=dispatcher.sticky_told(decision, named),
        waited=decision.at - since if since and first and decision.at > since else None,
        given_back_at=row.given_back_at if row else None,
    )


def of_case(case: Case) -> list[Told]:
    """What is kept of a case, the newest first."""
    rows = db.session.scalars(
        select(Routing).where(Routing.case_id == case.id).order_by(Routing.id.desc()).limit(SHOWN)
    )
    return [told(dispatcher.unpacked(row.packed), row) for row in rows]


def in_force(case: Case) -> Told | None:
    """Why who has a case has it; None where somebody else but the dispatcher gave it."""
    query = select(Routing).where(Routing.case_id == case.id).order_by(Routing.id.desc()).limit(1)
    row = db.session.scalar(query)
    if row is None or row.chosen_id is None or row.chosen_id != case.assignee_id:
        return None
    return told(dispatcher.unpacked(row.packed), row)

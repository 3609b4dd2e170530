"""Each passing as a row: a stay begins where another ends, and ends when the case is solved."""

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select

from core import bus, clock, numbers
from core.db import db
from desk import events
from desk.passing.place import Place
from desk.passing.words import Words
from models import Case, Participant, Passing


class Way(StrEnum):
    UP = "up"
    DOWN = "down"
    SIDEWAYS = "sideways"
    BACK = "back"


def way_of(before: int, after: int) -> Way:
    if before == after:
        return Way.SIDEWAYS
    return Way.UP if after > before else Way.DOWN


def begin(case: Case, way: Way, to: Place, *, by: Participant, words: Words) -> Passing:
    """A row with its id, before the case itself is changed. The stay until now is over."""
    end(case)
    row = Passing(
        id=numbers.next_of(Passing),
        case_id=case.id,
        at=clock.now(),
        by_id=by.id,
        way=way,
        from_line=case.line,
        to_line=to.line,
        from_group_id=case.group_id,
        to_group_id=to.group,
        from_assignee_id=case.assignee_id,
        reason=words.reason,
        tried=words.tried,
        found=words.found,
        needed=words.needed,
        ended_at=clock.now() if case.is_solved else None,
    )
    db.session.add(row)
    if not numbers.are_known_ahead(Passing):
        db.session.flush()
    return row


def end(case: Case) -> None:
    """Nobody holds it any more by what was passed to them."""
    query = select(Passing).where(Passing.case_id == case.id, Passing.ended_at.is_(None))
    for row in db.session.scalars(query):
        row.ended_at = clock.now()


def passings_of(case_id: int) -> Sequence[Passing]:
    """The oldest first."""
    query = select(Passing).where(Passing.case_id == case_id).order_by(Passing.id)
    return db.session.scalars(query).all()


@bus.at_end(stage=12)
def keep_true(happened: Sequence[events.Event]) -> None:
    """What is solved is held by nobody; a rule that passes and regroups at once is one passing."""
    of_rules: dict[int, list[events.Event]] = defaultdict(list)
    for event in happened:
        if isinstance(event, events.StatusChanged):
            case = db.session.get_one(Case, event.case_id)
            if case.is_solved:
                end(case)
        if isinstance(event, MOVES) and event.depth:
            of_rules[event.case_id or 0].append(event)
    for number, moves in of_rules.items():
        _whole(db.session.get_one(Case, number), moves)


MOVES = (events.LineChanged, events.GroupChanged, events.AssigneeChanged)


def _whole(case: Case, moves: Sequence[events.Event]) -> None:
    """From where it was before the first of these changes to where it is after the last."""
    passed = [one.data["passing"] for one in moves if _is_passing(one)]
    if not passed:
        return
    first, last = (db.session.get_one(Passing, number) for number in (passed[0], passed[-1]))
    last.to_group_id = case.group_id
    before = {name: pair[0] for one in reversed(moves) for name, pair in one.changes.items()}
    first.from_group_id = before.get("group", first.from_group_id)
    first.from_assignee_id = before.get("assignee", first.from_assignee_id)


def _is_passing(event: events.Event) -> bool:
    return isinstance(event, events.LineChanged) and "passing" in event.data

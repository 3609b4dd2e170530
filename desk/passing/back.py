"""Giving work back to whoever passed it."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from core.i18n import _
from desk import history
from desk.catalog import catalog
from desk.errors import Invalid
from desk.passing.onward import demand_open, move
from desk.passing.place import Place
from desk.passing.rows import Way, begin, passings_of
from desk.passing.words import Words, checked_reason
from models import Case, Participant, Passing


class Passed(Protocol):
    """A passing, of whatever was read of it."""

    @property
    def way(self) -> str: ...


P = TypeVar("P", bound=Passed)


def returnable(passings: Iterable[P]) -> P | None:
    """The passing that a return answers, of all of a case in their order.

    Each return takes the one it answered away, so that nothing goes to and fro between two.
    """
    standing: list[P] = []
    for one in passings:
        if one.way != Way.BACK:
            standing.append(one)
        elif standing:
            standing.pop()
    return standing[-1] if standing else None


def give_back(case: Case, *, by: Participant, reason: str) -> Passing:
    """To the line, group and person that it came from; the person if they are still there.

    Invalid without a reason, for a case that is over, and when there is nobody to give it back to.
    """
    demand_open(case)
    answered = returnable(passings_of(case.id))
    if answered is None:
        raise Invalid(_("Nobody has passed this ticket on: there is nobody to return it to."))
    there, person = _origin(answered), _person(answered)
    is_there = Place(case.line, case.group_id) == there
    if is_there and case.assignee_id == person:
        raise Invalid(_("It is back there already."))
    words = Words(reason=checked_reason(reason))
    row = begin(case, Way.BACK, there, by=by, words=words)
    move(case, there, row, by=by)
    told = {"passing": row.id} | ({"reason": row.reason, "way": Way.BACK} if is_there else {})
    history.change(case, by=by, data=told, assignee=person)
    return row


def _origin(answered: Passing) -> Place:
    group = answered.from_group_id
    return Place(answered.from_line, group if group in catalog().groups else None)


def _person(answered: Passing) -> int | None:
    known, number = catalog(), answered.from_assignee_id
    person = known.staff.get(number or 0)
    if person is None or not person.is_active:
        return None
    group = _origin(answered).group
    return person.id if group is None or person.id in known.members.get(group, ()) else None

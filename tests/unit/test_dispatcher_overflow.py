"""What waits too long goes on, once to each group; circles are found and named."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.i18n import use_locale
from desk.dispatcher import Moved, Overflow, Queue, Roster, circle_told, circles, hand_out, overflow
from tests.support.dispatcher import AT, EXPERTS, REPAIR, SUPPORT, agent, names, work

MINUTE = timedelta(minutes=1)
TEN = timedelta(minutes=10)
RULES = {SUPPORT: Overflow(TEN, REPAIR)}


def test_after_so_many_minutes_to_the_other_group() -> None:
    queue = Queue([work(1), work(2, arrived_at=AT + MINUTE)])
    assert overflow(queue, RULES, AT + TEN - MINUTE) == []
    assert overflow(queue, RULES, AT + TEN) == [Moved(1, SUPPORT, REPAIR, TEN)]
    moved = queue[1]
    assert (moved.group, moved.arrived_at, moved.been) == (REPAIR, AT, (SUPPORT,))
    roster = Roster([agent(2, groups=frozenset([REPAIR]))])
    assert [one.case_id for one in hand_out(queue, roster, AT + TEN)] == [1]


def test_it_waits_anew_where_it_comes_to() -> None:
    rules = RULES | {REPAIR: Overflow(TEN, EXPERTS)}
    queue = Queue([work(1)])
    overflow(queue, rules, AT + TEN)
    assert overflow(queue, rules, AT + TEN + MINUTE) == []
    assert overflow(queue, rules, AT + 2 * TEN) == [Moved(1, REPAIR, EXPERTS, TEN)]
    assert queue[1].been == (SUPPORT, REPAIR)


def test_a_circle_ends_by_itself() -> None:
    rules = RULES | {REPAIR: Overflow(TEN, SUPPORT), EXPERTS: Overflow(TEN, EXPERTS)}
    queue = Queue([work(1), work(2, group=EXPERTS)])
    moved = [one for tens in range(1, 9) for one in overflow(queue, rules, AT + tens * TEN)]
    assert [one.to_group for one in moved] == [REPAIR]


def test_circles_are_found_once_and_named() -> None:
    rules = {1: 2, 2: 3, 3: 1, 4: 1, 5: 5, 6: 7}
    found = circles({group: Overflow(TEN, to) for group, to in rules.items()})
    assert found == [(1, 2, 3), (5,)]
    with use_locale("ru"):
        said = circle_told(found[0], names)
    assert said == "перелив идёт по кругу: Поддержка → Ремонт → Эксперты → Поддержка"
    with use_locale("en"):
        assert circle_told(found[0], names).startswith("overflow goes in a circle: ")


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 6)))
def test_any_overflow_ends(targets: dict[int, int]) -> None:
    rules = {group: Overflow(TEN, to) for group, to in targets.items()}
    queue = Queue([work(number, group=number) for number in range(1, 7)])
    moved = [one for tens in range(1, 20) for one in overflow(queue, rules, AT + tens * TEN)]
    ways = {number: [number] for number in range(1, 7)}
    for one in moved:
        ways[one.case_id].append(one.to_group)
    assert all(len(set(way)) == len(way) for way in ways.values())
    for circle in circles(rules):
        assert all(targets[a] == b for a, b in zip(circle, circle[1:] + circle[:1], strict=True))

"""The order of what waits, the places in it, and who is given what."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from desk.dispatcher import MODES, Channel, Queue, Roster, Work, admit, hand_out, hand_to
from models import Presence
from tests.support.dispatcher import AT, REPAIR, SUPPORT, agent, queues, tickets, work

MINUTE = timedelta(minutes=1)


def numbers(works: list[Work]) -> list[int]:
    return [one.case_id for one in works]


def test_by_priority_then_due_then_age() -> None:
    queue = Queue(
        [
            work(1, priority=2),
            work(2, priority=2, arrived_at=AT - MINUTE),
            work(3, priority=2, due_at=AT + MINUTE),
            work(4, priority=2, due_at=AT, language="en"),
            work(5, priority=4, due_at=AT + MINUTE),
        ]
    )
    assert numbers(queue.waiting(SUPPORT)) == [5, 4, 3, 2, 1]
    assert [queue.place(number) for number in (5, 4, 3, 2, 1)] == [1, 2, 3, 4, 5]


def test_changed_and_taken() -> None:
    queue = Queue([work(1), work(2), work(3, group=REPAIR)])
    queue.put(replace(queue[2], priority=4))
    assert numbers(queue.waiting(SUPPORT)) == [2, 1]
    queue.put(replace(queue[2], group=REPAIR))
    assert numbers(queue.waiting(REPAIR)) == [2, 3]
    assert queue.take(3).case_id == 3
    assert 3 not in queue
    assert len(queue) == 2
    for gone in (queue.take, queue.place):
        with pytest.raises(KeyError):
            gone(3)


@given(queues())
def test_places_are_those_of_a_plain_list(works: list[Work]) -> None:
    queue = Queue(works)
    for group in queue.groups:
        listed = sorted((one for one in works if one.group == group), key=lambda one: one.order)
        assert queue.waiting(group) == listed
        assert [queue.place(one.case_id) for one in listed] == list(range(1, len(listed) + 1))
    for one in works:
        queue.take(one.case_id)
    assert (len(queue), queue.groups) == (0, [])


def test_a_work_that_nobody_can_take_holds_up_nobody() -> None:
    queue = Queue([work(1, priority=4, language="en"), work(2), work(3)])
    roster = Roster([agent(1, **tickets(4))])
    assert [(one.case_id, one.chosen) for one in hand_out(queue, roster, AT)] == [(2, 1)]
    assert numbers(queue.waiting(SUPPORT)) == [1, 3]


def test_conditions_are_asked_again_at_hand_out() -> None:
    queue, roster = Queue(), Roster([agent(1, **tickets(5))])
    assert admit(work(1, language="ru"), queue, roster, AT).chosen is None
    roster.put(replace(roster[1], languages=frozenset()))
    roster.free(1, Channel.TICKET, 1, AT)
    assert hand_to(1, queue, roster, AT) == []
    roster.put(replace(roster[1], languages=frozenset(["ru"])))
    assert [one.case_id for one in hand_to(1, queue, roster, AT)] == [1]


def test_who_comes_back_gets_as_much_as_they_can_take() -> None:
    queue = Queue([work(number) for number in range(1, 8)])
    roster = Roster([agent(1, presence=Presence.AWAY)])
    assert hand_to(1, queue, roster, AT) == []
    roster.put(replace(roster[1], presence=Presence.AVAILABLE))
    assert [one.case_id for one in hand_to(1, queue, roster, AT)] == [1, 2, 3, 4, 5]
    assert numbers(queue.waiting(SUPPORT)) == [6, 7]


def test_what_arrives_is_given_at_once_where_somebody_is_free() -> None:
    queue, roster = Queue(), Roster([agent(1), agent(2)])
    given = [admit(work(number), queue, roster, AT).chosen for number in range(1, 12)]
    assert given == [1, 2] * 5 + [None]
    assert numbers(queue.waiting(SUPPORT)) == [11]


def test_each_group_has_its_mode() -> None:
    team = [agent(1, **tickets(3)), agent(2)]
    for modes, chosen in (({}, 2), ({SUPPORT: MODES["alphabetical"]}, 1)):
        assert admit(work(), Queue(), Roster(team), AT, modes).chosen == chosen


def test_turns_at_one_instant() -> None:
    queue, team = Queue([work(number) for number in range(1, 7)]), [agent(n) for n in (1, 2, 3)]
    given = hand_out(queue, Roster(team), AT, {SUPPORT: MODES["round_robin"]})
    assert [one.chosen for one in given] == [3, 1, 2, 3, 1, 2]


def test_only_the_groups_that_are_asked_for() -> None:
    queue = Queue([work(1), work(2, group=REPAIR)])
    roster = Roster([agent(1, groups=frozenset([SUPPORT, REPAIR]))])
    assert [one.case_id for one in hand_out(queue, roster, AT, groups=[REPAIR])] == [2]
    assert queue.groups == [SUPPORT]


def test_a_group_without_members_keeps_its_queue() -> None:
    queue = Queue([work(1, group=REPAIR)])
    assert hand_out(queue, Roster([agent(1)]), AT) == []
    assert 1 in queue

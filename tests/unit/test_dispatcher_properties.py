"""What holds after every hand-out, whoever is there and whatever waits."""

from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.dispatcher import (
    MODES,
    Agent,
    Channel,
    Queue,
    Roster,
    Work,
    admit,
    choose,
    hand_out,
    hand_to,
    is_fit,
    reasons_against,
)
from desk.dispatcher.mode import Mode
from desk.dispatcher.work import Demand
from models import Presence
from tests.support.dispatcher import AT, agent, queues, rosters, work

modes = st.sampled_from(list(MODES.values()))
GROUPS = (1, 2, 3)


def nothing_fits(queue: Queue, roster: Roster) -> bool:
    """No free slot stands beside a waiting work that fits it."""
    waiting = [one for group in GROUPS for one in queue.waiting(group)]
    return not any(is_fit(each, one, AT) for each in roster for one in waiting)


def within_limits(roster: Roster) -> bool:
    return all(
        used <= each.limit(channel).slots for each in roster for channel, used in each.load.items()
    )


def given_plainly(works: list[Work], team: list[Agent], mode: Mode) -> list[tuple[int, int]]:
    """The same by a walk over the whole list after each one that is given."""
    roster, waiting, found = Roster(team), sorted(works, key=lambda one: one.order), []
    while True:
        for one in waiting:
            chosen = choose(one, roster, mode, AT).chosen
            if chosen is not None:
                roster.give(chosen, one)
                waiting.remove(one)
                found.append((one.case_id, chosen))
                break
        else:
            return found


@given(rosters(), queues(), modes)
def test_a_hand_out_is_that_of_a_plain_walk(
    team: list[Agent], works: list[Work], mode: Mode
) -> None:
    queue, roster = Queue(works), Roster(team)
    by_group = dict.fromkeys(GROUPS, mode)
    given = [(one.case_id, one.chosen) for one in hand_out(queue, roster, AT, by_group)]
    assert given == given_plainly(works, team, mode)
    assert nothing_fits(queue, roster)
    assert within_limits(roster)
    assert len(queue) + len(given) == len(works)


@given(rosters(), queues(), st.randoms(use_true_random=False))
def test_the_order_in_which_all_is_given_does_not_matter(
    team: list[Agent], works: list[Work], dice: Random
) -> None:
    first = hand_out(Queue(works), Roster(team), AT)
    dice.shuffle(team)
    dice.shuffle(works)
    assert hand_out(Queue(works), Roster(team), AT) == first


@given(rosters(), queues())
def test_works_that_ask_for_the_same_are_fit_for_the_same(
    team: list[Agent], works: list[Work]
) -> None:
    for one in works:
        like = replace(one, case_id=9, priority=1, due_at=None, sticky=None, been=(7,))
        assert like.demand == one.demand
        assert all(
            reasons_against(each, like, AT) == reasons_against(each, one, AT) for each in team
        )


OTHERS = {
    "group": 2,
    "channel": Channel.DIALOG,
    "direction": 1,
    "language": "en",
    "needs": {1: 2},
    "categories": frozenset([1]),
    "slots": 2,
    "passed_over": frozenset([1]),
}


@pytest.mark.parametrize("field", [field.name for field in fields(Demand)])
def test_works_that_ask_for_something_else_stand_in_another_row(field: str) -> None:
    first, other = work(1), work(2, **{field: OTHERS[field]})
    assert first.demand != other.demand
    assert len(list(Queue([first, other]).heads(GROUPS))) == 2


@settings(max_examples=60)
@given(rosters(), queues(most=25), modes, st.data())
def test_nothing_waits_beside_a_free_slot_after_any_event(
    team: list[Agent], works: list[Work], mode: Mode, data: st.DataObject
) -> None:
    queue, roster, by_group = Queue(), Roster(team), dict.fromkeys(GROUPS, mode)
    held: list[tuple[int, Work]] = []
    for one in works:
        decision = admit(one, queue, roster, AT, by_group)
        assert nothing_fits(queue, roster)
        held += [(decision.chosen, one)] if decision.chosen else []
        if not held:
            continue
        agent_id, ended = held.pop(data.draw(st.integers(0, len(held) - 1)))
        known = {each.case_id: each for group in GROUPS for each in queue.waiting(group)}
        if data.draw(st.booleans()):
            roster.free(agent_id, ended.channel, ended.slots, AT)
        else:
            held.append((agent_id, ended))
            presence = data.draw(st.sampled_from([Presence.AVAILABLE, Presence.AWAY]))
            roster.put(replace(roster[agent_id], presence=presence))
        given = hand_to(agent_id, queue, roster, AT, by_group)
        held += [(each.chosen, known[each.case_id]) for each in given if each.chosen]
        assert nothing_fits(queue, roster)
        assert within_limits(roster)


def test_a_free_slot_looks_at_heads_alone() -> None:
    """However much waits that the agent can't take."""
    queue = Queue([work(number, language="en") for number in range(5_000)])
    queue.put(work(9_000))
    assert len(list(queue.heads([1]))) == 2
    first = queue.first_for(agent(), AT)
    assert first is not None
    assert first.case_id == 9_000

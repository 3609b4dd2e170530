"""Who is in which group, with their load as works are given and ended."""

from dataclasses import replace

import pytest

from desk.dispatcher import Channel, Roster
from tests.support.dispatcher import AT, REPAIR, SUPPORT, agent, tickets, work


def test_given_and_freed() -> None:
    roster = Roster([agent(1, idle_since=AT, last_given=3), agent(2, last_given=8)])
    roster.give(1, work(slots=2))
    masha = roster[1]
    assert masha.used(Channel.TICKET) == 2
    assert (masha.given_today, masha.last_given, masha.idle_since) == (1, 9, None)
    roster.give(1, work(channel=Channel.DIALOG))
    roster.free(1, Channel.TICKET, 2, AT)
    assert roster[1].idle_since is None
    roster.free(1, Channel.DIALOG, 1, AT)
    assert roster[1].idle_since == AT
    assert next(iter(roster.members(SUPPORT))) is roster[1]


def test_no_more_is_freed_than_was_in_use() -> None:
    roster = Roster([agent(1, **tickets(1))])
    with pytest.raises(ValueError, match="2 ticket slots freed of 1"):
        roster.free(1, Channel.TICKET, 2, AT)


def test_an_agent_changes_groups() -> None:
    roster = Roster([agent(1), agent(2)])
    roster.put(replace(roster[1], groups=frozenset([REPAIR])))
    assert [one.id for one in roster.members(SUPPORT)] == [2]
    assert [one.id for one in roster.members(REPAIR)] == [1]
    assert [one.id for one in roster] == [1, 2]
    assert not list(roster.members(77))

"""One decision: who, who not, what is kept of it and what is said."""

import json

from hypothesis import given
from hypothesis import strategies as st

from core.i18n import use_locale
from desk.dispatcher import (
    DEFAULT,
    MODES,
    Agent,
    Candidate,
    Decision,
    Work,
    candidate_told,
    choose,
    excluded_told,
    packed,
    reasons_against,
    sticky_told,
    told,
    unpacked,
)
from desk.dispatcher.mode import Mode
from models import Presence
from tests.support.dispatcher import AT, agent, names, queues, rosters, tickets, work

TEAM = [
    agent(1, **tickets(5)),
    agent(2, **tickets(1)),
    agent(3, presence=Presence.AWAY, **tickets(5)),
]


def test_a_decision_has_everybody_with_load_and_reasons() -> None:
    decision = choose(work(), TEAM, DEFAULT, AT)
    assert decision.chosen == 2
    assert decision.candidates == (Candidate(2, 1, 5, (2_000, 0)),)
    assert [(one.agent_id, one.used, one.slots) for one in decision.excluded] == [
        (1, 5, 5),
        (3, 5, 5),
    ]
    with use_locale("ru"):
        said = [excluded_told(decision, one, names) for one in decision.excluded]
    assert said == [["лимит: 5 из 5"], ["нет на месте", "лимит: 5 из 5"]]


def test_told_in_both_languages() -> None:
    decision = choose(work(), TEAM, DEFAULT, AT)
    with use_locale("ru"):
        assert told(decision, names) == "Сергей: загрузка 1 из 5, выдано за день: 0"
    with use_locale("en"):
        assert told(decision, names) == "Сергей: load 1 of 5, given today: 0"


def test_a_wait_is_told() -> None:
    one, nobody, two = (choose(work(), team, DEFAULT, AT) for team in (TEAM[:1], [], TEAM[::2]))
    assert one.chosen is nobody.chosen is two.chosen is None
    with use_locale("en"):
        assert told(one, names) == "waits: the only agent looked at can't take it"
        assert told(two, names) == "waits: none of 2 agents can take it"
        assert told(nobody, names) == "waits: the group has no members"
    with use_locale("ru"):
        assert told(two, names) == "ждёт: 2 агента, и никто не может взять"
        assert told(nobody, names) == "ждёт: в группе никого нет"


def test_the_sticky_agent_comes_first_where_fit() -> None:
    team = [agent(1, **tickets(4)), agent(2), agent(3)]
    decision = choose(work(sticky=1), team, DEFAULT, AT)
    assert decision.is_sticky
    assert [one.agent_id for one in decision.candidates] == [1, 3, 2]
    with use_locale("ru"):
        assert told(decision, names) == "Маша: уже отвечал(а) этому клиенту"
        assert sticky_told(decision, names) == ""


def test_the_sticky_agent_is_passed_over_with_the_reason() -> None:
    decision = choose(work(sticky=1), TEAM, DEFAULT, AT)
    assert decision.chosen == 2
    assert not decision.is_sticky
    with use_locale("en"):
        said = sticky_told(decision, names)
    assert said == "Маша has answered this client before, but: limit: 5 of 5"


def test_the_sticky_agent_of_another_group() -> None:
    decision = choose(work(sticky=3), TEAM[:2], DEFAULT, AT)
    with use_locale("en"):
        said = sticky_told(decision, names)
        assert sticky_told(choose(work(), TEAM, DEFAULT, AT), names) == ""
    assert said == "Вера has answered this client before, but is not in this group"


def test_a_mode_that_is_no_more_is_named() -> None:
    decision = Decision(1001, 1, "by_moon", AT, candidates=(Candidate(2, 1, 5, ()),))
    with use_locale("en"):
        said = candidate_told(decision, decision.candidates[0])
    assert said == "“by_moon”, which is asked no more"


@given(rosters(), queues(most=1), st.sampled_from(list(MODES.values())))
def test_everybody_is_either_fit_or_excluded(
    team: list[Agent], works: list[Work], mode: Mode
) -> None:
    for one in works:
        decision = choose(one, team, mode, AT)
        assert decision == choose(one, team[::-1], mode, AT)
        fit = {each.agent_id for each in decision.candidates}
        assert fit == {each.id for each in team if not reasons_against(each, one, AT)}
        assert fit | {each.agent_id for each in decision.excluded} == {each.id for each in team}


@given(rosters(), queues(most=1), st.sampled_from(list(MODES.values())))
def test_what_is_kept_comes_back(team: list[Agent], works: list[Work], mode: Mode) -> None:
    for one in works:
        decision = choose(one, team, mode, AT)
        assert unpacked(json.loads(json.dumps(packed(decision)))) == decision


def test_little_is_kept_of_each_agent() -> None:
    team = [
        agent(100_000 + number, f"Агент {number}", presence=presence, **tickets(number % 6))
        for number, presence in enumerate([Presence.AVAILABLE, Presence.ASSIGNED_ONLY] * 100)
    ]
    kept = json.dumps(packed(choose(work(language="ru"), team, DEFAULT, AT)), separators=(",", ":"))
    assert len(kept) / len(team) <= 60

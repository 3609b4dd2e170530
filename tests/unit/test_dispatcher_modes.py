"""Each mode: who comes first, what breaks a tie, and what is said of it in both languages."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from core.i18n import _, use_locale
from desk.dispatcher import DEFAULT, MODES, candidate_told, choose
from tests.support.dispatcher import AT, agent, tickets, work

HOUR = timedelta(hours=1)
# mode, what Masha, Sergey and Vera have, their order
ORDERS: list[tuple[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]], list[int]]] = [
    ("least_loaded", (tickets(2), tickets(1), tickets(0)), [3, 2, 1]),
    ("least_loaded", (tickets(2, 10), tickets(1, 2), tickets(2, 5)), [1, 3, 2]),
    ("least_loaded", ({"given_today": 2}, {"given_today": 1}, {"given_today": 1}), [3, 2, 1]),
    ("least_loaded", ({}, {}, {}), [3, 1, 2]),
    ("alphabetical", (tickets(0), tickets(1), tickets(4)), [3, 1, 2]),
    ("alphabetical", (tickets(0), tickets(1), tickets(5)), [1, 2]),
    (
        "longest_idle",
        ({"idle_since": AT}, {"idle_since": AT - HOUR}, {"idle_since": AT - HOUR / 2}),
        [2, 3, 1],
    ),
    ("longest_idle", (tickets(2), {"idle_since": AT}, tickets(1)), [2, 3, 1]),
    ("longest_idle", ({"idle_since": AT}, {"idle_since": AT}, {"idle_since": AT}), [3, 1, 2]),
    ("round_robin", ({"last_given": 7}, {"last_given": 5}, {"last_given": 6}), [2, 3, 1]),
    ("round_robin", ({}, {"last_given": 5}, {}), [3, 1, 2]),
    (
        "by_weight",
        ({"given_today": 3, "weight": 2}, {"given_today": 1}, {"given_today": 2, "weight": 3}),
        [3, 2, 1],
    ),
    ("by_weight", ({"weight": 0}, {"given_today": 9}, {}), [3, 2, 1]),
]

TOLD: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "least_loaded",
        tickets(2) | {"given_today": 7},
        "загрузка 2 из 5, выдано за день: 7",
        "load 2 of 5, given today: 7",
    ),
    ("alphabetical", tickets(2), "по алфавиту, загрузка 2 из 5", "by the alphabet, load 2 of 5"),
    ("longest_idle", {"idle_since": AT}, "свободен с 12:00", "idle since 12:00"),
    ("longest_idle", tickets(1), "занят, загрузка 1 из 5", "busy, load 1 of 5"),
    (
        "round_robin",
        {"last_given": 41},
        "последняя выдача № 41, загрузка 0 из 5",
        "last given by hand-out no. 41, load 0 of 5",
    ),
    ("round_robin", {}, "ещё ничего не выдано, загрузка 0 из 5", "given nothing yet, load 0 of 5"),
    (
        "by_weight",
        {"given_today": 6, "weight": 2},
        "выдано за день: 6, вес 2",
        "given today: 6, weight 2",
    ),
]


@pytest.mark.parametrize(("mode", "known", "order"), ORDERS)
def test_order(mode: str, known: tuple[dict[str, Any], ...], order: list[int]) -> None:
    team = [agent(number, **each) for number, each in enumerate(known, 1)]
    for given in permutations(team):
        decision = choose(work(), given, MODES[mode], AT)
        assert [one.agent_id for one in decision.candidates] == order
        assert decision.chosen == order[0]


@pytest.mark.parametrize(("mode", "known", "ru", "en"), TOLD)
def test_sentence(mode: str, known: dict[str, Any], ru: str, en: str) -> None:
    decision = choose(work(), [agent(**known)], MODES[mode], AT)
    for code, sentence in (("ru", ru), ("en", en)):
        with use_locale(code, "Europe/Moscow"):
            assert candidate_told(decision, decision.candidates[0]) == sentence


def test_each_mode_is_ordered_told_and_named() -> None:
    assert {mode for mode, *_rest in ORDERS} == {mode for mode, *_rest in TOLD} == set(MODES)
    for mode in MODES.values():
        with use_locale("ru"):
            assert _(mode.label) != mode.label


def test_the_default_is_the_first() -> None:
    assert next(iter(MODES.values())) is DEFAULT
    assert DEFAULT.key == "least_loaded"


def test_the_alphabet_knows_no_case_and_takes_yo_as_ye() -> None:
    team = [agent(1, "Жанна"), agent(2, "ёлкина"), agent(3, "Дарья"), agent(4, "Дарья")]
    decision = choose(work(), team, MODES["alphabetical"], AT)
    assert [one.agent_id for one in decision.candidates] == [3, 4, 2, 1]

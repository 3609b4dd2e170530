"""Each filter: whom it lets through, whom not, and what it says in both languages."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.i18n import use_locale
from desk.dispatcher import (
    FILTERS,
    Absence,
    AbsenceKind,
    Channel,
    Limit,
    Reason,
    SetBy,
    Shift,
    is_fit,
    reason_told,
    reasons_against,
)
from models import Presence
from tests.support.dispatcher import AT, REPAIR, agent, names, tickets, work

TUESDAY = datetime.fromisoformat("2026-11-24T00:00:00+03:00")
AFTERNOON = datetime.fromisoformat("2026-11-23T14:00:00+03:00")
SICK = Absence(AbsenceKind.SICK, TUESDAY)
LEAVE = Absence(AbsenceKind.PLANNED, stand_in=3)
NO_SHIFT, LATER = Shift(is_on=False), Shift(is_on=False, until=AFTERNOON)
HEAVY = {"limits": {Channel.TICKET: Limit(5, SetBy.AGENT)}, "load": {Channel.TICKET: 4}}
FULL = {"limits": {Channel.TICKET: Limit(5, SetBy.GROUP)}, "load": {Channel.TICKET: 5}}

# key, what the agent has, what the work asks for, the sentence in Russian and in English
EXCLUDED: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("group", {}, {"group": REPAIR}, "не в группе «Ремонт»", "not in the group “Ремонт”"),
    ("active", {"is_active": False}, {}, "больше не работает", "no longer works here"),
    (
        "present",
        {"presence": Presence.ASSIGNED_ONLY},
        {},
        "берёт только то, что назначают люди",
        "takes only what people assign",
    ),
    ("present", {"presence": Presence.AWAY}, {}, "нет на месте", "away from the desk"),
    ("present", {"presence": Presence.OFF}, {}, "не в сети", "not signed in"),
    (
        "answered",
        {},
        {"passed_over": frozenset([1])},
        "уже получал(а) и не ответил(а)",
        "had it and did not answer",
    ),
    ("shift", {"shift": LATER}, {}, "не на смене до 14:00", "off shift until 14:00"),
    ("shift", {"shift": lambda _at: LATER}, {}, "не на смене до 14:00", "off shift until 14:00"),
    (
        "shift",
        {"shift": NO_SHIFT},
        {},
        "не на смене, следующая не назначена",
        "off shift, and no shift is planned",
    ),
    (
        "absence",
        {"absence": SICK},
        {},
        "отсутствует до вт, 24 нояб.: болезнь",
        "absent until Tue, 24 Nov: sick",
    ),
    (
        "absence",
        {"absence": LEAVE},
        {},
        "отсутствует: по плану; замещает Вера",
        "absent: planned; stand-in: Вера",
    ),
    (
        "skills",
        {"skills": {1: 1}},
        {"needs": {2: 1, 1: 3}},
        "не хватает квалификации: «терминалы» уровня 3 (есть 1), «доставка» уровня 1 (есть 0)",
        "lacks “терминалы” at level 3 (has 1), “доставка” at level 1 (has 0)",
    ),
    ("language", {}, {"language": "en"}, "не владеет языком: английский", "lacks English"),
    ("language", {}, {"language": "zz"}, "не владеет языком: zz", "lacks zz"),
    (
        "direction",
        {"directions": frozenset([2])},
        {"direction": 1},
        "работает с другими направлениями, не с «Курьер+»",
        "works with other directions, not with “Курьер+”",
    ),
    (
        "category",
        {"categories": frozenset([1])},
        {"categories": frozenset([2])},
        "обслуживает другие категории клиентов, не эту: опт",
        "serves other categories of clients, not опт",
    ),
    (
        "category",
        {"categories": frozenset([1])},
        {},
        "обслуживает некоторые категории клиентов, а у этого категории нет",
        "serves certain categories of clients, and this one is of none",
    ),
    ("limit", tickets(5), {}, "лимит: 5 из 5", "limit: 5 of 5"),
    ("limit", FULL, {}, "лимит группы: 5 из 5", "limit of the group: 5 of 5"),
    (
        "limit",
        HEAVY,
        {"slots": 2},
        "личный лимит: 4 из 5, а здесь нужно 2",
        "own limit: 4 of 5, and this takes 2",
    ),
    ("limit", {"limits": {}}, {}, "лимит: 0 из 0", "limit: 0 of 0"),
]

FITTING: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"shift": lambda at: Shift(is_on=at == AT)}, {}),
    ({"absence": Absence(AbsenceKind.SICK, AT)}, {}),  # back at this very instant
    ({"skills": {1: 3}}, {"needs": {1: 3}}),
    ({"languages": frozenset(["en"])}, {"language": "en"}),
    ({"languages": frozenset()}, {}),
    ({"directions": frozenset([1, 2])}, {"direction": 1}),
    ({"directions": frozenset([2])}, {"direction": None}),
    ({"directions": frozenset()}, {"direction": 1}),
    ({"categories": frozenset([1])}, {"categories": frozenset([1, 2])}),
    ({}, {"categories": frozenset([2])}),
    (tickets(4), {}),
    (tickets(3), {"slots": 2}),
    (tickets(5) | {"limits": {Channel.TICKET: Limit(5), Channel.DIALOG: Limit(1)}},)
    + ({"channel": Channel.DIALOG},),
]


@pytest.mark.parametrize(("key", "known", "asked", "ru", "en"), EXCLUDED)
def test_excludes_and_says_why(
    key: str, known: dict[str, Any], asked: dict[str, Any], ru: str, en: str
) -> None:
    (reason,) = reasons_against(agent(**known), work(**asked), AT)
    assert reason.key == key
    for code, sentence in (("ru", ru), ("en", en)):
        with use_locale(code, "Europe/Moscow"):
            assert reason_told(reason, names, AT) == sentence
    assert not is_fit(agent(**known), work(**asked), AT)


@pytest.mark.parametrize(("known", "asked"), FITTING)
def test_lets_through(known: dict[str, Any], asked: dict[str, Any]) -> None:
    assert is_fit(agent(**known), work(**asked), AT)
    assert reasons_against(agent(**known), work(**asked), AT) == ()


def test_each_filter_is_told_of() -> None:
    assert {key for key, *_rest in EXCLUDED} == set(FILTERS)


def test_only_assigned_is_a_presence() -> None:
    assert agent(presence=Presence.ASSIGNED_ONLY).is_present_only_assigned
    assert not agent().is_present_only_assigned


def test_all_reasons_in_the_order_of_the_filters() -> None:
    busy = agent(presence=Presence.AWAY, absence=SICK, **tickets(5))
    found = [reason.key for reason in reasons_against(busy, work(language="en"), AT)]
    assert found == ["present", "absence", "language", "limit"]


def test_nothing_more_is_asked_of_who_is_not_in_the_group() -> None:
    stranger = agent(presence=Presence.OFF, groups=frozenset(), is_active=False)
    assert [one.key for one in reasons_against(stranger, work(), AT)] == ["group"]


def test_a_moment_of_another_day_has_its_time() -> None:
    tomorrow = Shift(is_on=False, until=AFTERNOON + timedelta(days=1))
    (reason,) = reasons_against(agent(shift=tomorrow), work(), AT)
    with use_locale("en", "Europe/Moscow"):
        assert reason_told(reason, names, AT) == "off shift until Tue, 24 Nov, 14:00"


def test_a_filter_that_is_no_more_is_named() -> None:
    with use_locale("en"):
        assert reason_told(Reason("moon"), names, AT) == "“moon”, which is asked no more"


def test_a_work_without_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="0 slots"):
        work(slots=0)

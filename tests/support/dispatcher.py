"""Agents and works of the dispatcher, with what a test does not speak of already fit."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from desk.dispatcher import Agent, Channel, Limit, Work
from models import Presence

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, noon in Moscow
SUPPORT, REPAIR, EXPERTS = 1, 2, 3
NAMES = {
    "agent": {1: "Маша", 2: "Сергей", 3: "Вера"},
    "group": {1: "Поддержка", 2: "Ремонт", 3: "Эксперты"},
    "skill": {1: "терминалы", 2: "доставка"},
    "direction": {1: "Курьер+", 2: "Склад"},
    "category": {1: "VIP", 2: "опт"},
}
LIMITS = {Channel.TICKET: Limit(5), Channel.DIALOG: Limit(3)}


def names(kind: str, number: int) -> str:
    return NAMES[kind][number]


def agent(number: int = 1, name: str = "", **known: Any) -> Agent:
    usual: dict[str, Any] = {
        "groups": frozenset([SUPPORT]),
        "languages": frozenset(["ru"]),
        "limits": LIMITS,
    }
    return Agent(id=number, name=name or NAMES["agent"][number], **usual | known)


def work(case_id: int = 1001, **known: Any) -> Work:
    usual: dict[str, Any] = {"group": SUPPORT, "arrived_at": AT}
    return Work(case_id=case_id, **usual | known)


def tickets(used: int, slots: int = 5) -> dict[str, Any]:
    """So many tickets in hand of so many."""
    return {"limits": {Channel.TICKET: Limit(slots)}, "load": {Channel.TICKET: used}}


few = st.frozensets(st.integers(1, 2), max_size=2)


@st.composite
def rosters(draw: st.DrawFn) -> list[Agent]:
    """Up to six agents of up to three groups, some of them full, away or in two groups."""
    found = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        slots = draw(st.integers(0, 3))
        one = agent(
            number,
            draw(st.sampled_from(["Анна", "Борис", "Ёлкина", "Жанна"])),
            groups=draw(st.frozensets(st.integers(1, 3), max_size=2)),
            presence=draw(st.sampled_from([Presence.AVAILABLE] * 3 + [Presence.AWAY])),
            skills=draw(st.dictionaries(st.integers(1, 2), st.integers(1, 3))),
            languages=draw(st.sampled_from([frozenset(["ru"]), frozenset(["ru", "en"])])),
            directions=draw(few),
            given_today=draw(st.integers(0, 3)),
            last_given=draw(st.integers(0, 5)),
            weight=draw(st.integers(0, 3)),
            **tickets(draw(st.integers(0, slots)), slots),
        )
        found.append(one)
    return found


@st.composite
def queues(draw: st.DrawFn, most: int = 12) -> list[Work]:
    """Works that ask for this and that, many of them for the same."""
    return [
        work(
            1001 + number,
            group=draw(st.integers(1, 3)),
            channel=draw(st.sampled_from([Channel.TICKET] * 3 + [Channel.DIALOG])),
            priority=draw(st.integers(1, 4)),
            due_at=draw(st.sampled_from([None, AT, AT.replace(hour=12)])),
            arrived_at=AT.replace(minute=draw(st.integers(0, 3))),
            language=draw(st.sampled_from(["", "ru", "en"])),
            needs=draw(st.sampled_from([{}, {}, {1: 2}])),
            direction=draw(st.sampled_from([None, 1])),
            slots=draw(st.sampled_from([1, 1, 2])),
            sticky=draw(st.sampled_from([None, 1])),
        )
        for number in range(draw(st.integers(0, most)))
    ]

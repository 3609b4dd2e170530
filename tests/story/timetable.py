"""Who does what when, from Friday at 16:00 to Tuesday noon, Moscow time; all on whole minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.story.messages import Text, later_text, texts

MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY = datetime(2026, 3, 6, 16, 0, tzinfo=MOSCOW)
MONDAY = datetime(2026, 3, 9, 10, 0, tzinfo=MOSCOW)  # a holiday: 8 March was a Sunday
TUESDAY = datetime(2026, 3, 10, 9, 8, tzinfo=MOSCOW)
END = datetime(2026, 3, 12, 17, 0, tzinfo=MOSCOW)  # three working days after Friday at 17:00

BEFORE_SIX = 120  # of the 300 come one a minute until the office closes, the rest all weekend long
HANDLING = ("answer", "ask", "finish", "take", "note", "hand on")
KNOWN = {30: "ivan", 150: "ivan", 41: "mika"}  # clients whom the company knows as key clients


class Writer(NamedTuple):
    name: str
    email: str
    locale: str
    zone: str = "Europe/Moscow"
    is_key: bool = False


CLIENTS = {
    "ivan": Writer("Иван Петров", "ivan@sevsklad.example", "ru", "Asia/Yekaterinburg", True),
    "mika": Writer("Mika Laine", "mika@nordlight.example", "en", "Europe/Helsinki", True),
}
NAMES = {
    "ru": ("Анна Ким", "Борис Лунин", "Дарья Орех", "Егор Панин", "Зоя Шмелёва", "Лев Котов"),
    "en": ("Ada Green", "Ben Hill", "Cora Lake", "Dan Wood", "Eve Stone"),
}


@dataclass(frozen=True)
class Act:
    """`verb` = write | reply | note | status | client | client solves; `place` of its request.

    `value` is what a reply does besides (solve, wait) or the key of a status; `twice`: the form is
    sent once more.
    """

    at: datetime
    place: int
    verb: str
    text: Text | None = None
    value: str = ""
    twice: bool = False


def writer_of(place: int) -> Writer:
    """A few dozen of them write two or three times."""
    if place in KNOWN:
        return CLIENTS[KNOWN[place]]
    number, locale = place, texts()[place].locale
    if place % 12 == 6 or place % 36 == 17:
        number -= 6
    elif place % 24 == 9:
        number -= 9
    names = NAMES[locale]
    return Writer(names[number % len(names)], f"writer{number}-{locale}@pochta.example", locale)


def arrival(place: int) -> datetime:
    if place < BEFORE_SIX:
        return FRIDAY + timedelta(minutes=place)
    return FRIDAY + timedelta(hours=2, minutes=22 * (place - BEFORE_SIX))


def acts() -> list[Act]:
    """Everything that people do, in order."""
    found = [act for place in range(300) for act in _story(place)]
    return sorted(found, key=lambda act: (act.at, act.place))


def _story(place: int) -> Iterator[Act]:
    text, at = texts()[place], arrival(place)
    yield Act(at, place, "write", text, twice=place % 25 == 0)
    if place % 25 == 11:
        yield _client(place, at + timedelta(minutes=6))
    begun = _handled_at(place)
    if begun is not None:
        yield from _handling(place, begun)
    elif place % 5 == 3:  # found out without us
        yield Act(at + timedelta(minutes=30), place, "client solves")


def _handled_at(place: int) -> datetime | None:
    """On Friday evening, on the holiday by those who came in, on Tuesday, or never."""
    if place < BEFORE_SIX and place % 3 == 0:
        at = arrival(place) + timedelta(minutes=3 + place * 7 % 67)
        late = at >= FRIDAY + timedelta(hours=2)
        return MONDAY + timedelta(minutes=place // 3) if late else at
    if place >= BEFORE_SIX and place % 3 == 1:
        at = MONDAY + timedelta(minutes=(place - BEFORE_SIX) // 3)
        return max(at, arrival(place) + timedelta(minutes=10))
    if place % 10 == 7:
        return TUESDAY + timedelta(minutes=3 * (place // 10))
    return None


def _handling(place: int, at: datetime) -> Iterator[Act]:
    kind = HANDLING[(place // 3 + place // 36) % len(HANDLING)]
    later = at + timedelta(minutes=40 + place * 11 % 200)
    twice = place % 9 == 0
    if kind in ("answer", "ask"):
        yield _reply(place, at, "wait" if kind == "ask" else "", twice)
        if place % 2 == 0:
            yield _client(place, later, twice)
        elif place % 4 == 1:
            yield Act(later, place, "client solves")
    elif kind == "finish":
        yield _reply(place, at, "solve", twice)
    elif kind == "take":
        yield Act(at, place, "status", value="in_work")
        yield _reply(place, at + timedelta(minutes=25), "solve", twice)
    elif kind == "note":
        yield Act(at, place, "note", _said(place, "Проверить журнал сервера"))
        yield _reply(place, at + timedelta(minutes=12), "", twice)
    else:
        yield Act(at, place, "status", value="mars" if place % 4 == 1 else "repair")
    if kind in ("finish", "take") and place % 4 < 2:  # it was not solved after all
        yield _client(place, later, twice)
        if place % 8 < 2:
            yield _reply(place, later + timedelta(minutes=20), "", twice)
    if kind == "hand on" and place % 5 == 0:
        yield _client(place, later)


def _client(place: int, at: datetime, twice: bool = False) -> Act:
    return Act(at, place, "client", later_text(place, writer_of(place).locale), twice=twice)


def _reply(place: int, at: datetime, value: str, twice: bool) -> Act:
    words = "Подскажите номер заказа?" if value == "wait" else "Посмотрели, всё исправлено."
    return Act(at, place, "reply", _said(place, words), value, twice)


def _said(place: int, words: str) -> Text:
    return Text("ru", "", f"{words} ({place})", frozenset())

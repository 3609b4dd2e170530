"""What happened to a case, as news for colleagues: at most one each in the app and by mail."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from core import bus
from core.db import db
from desk import access, events, outbox
from desk.automation import brakes
from desk.catalog import catalog
from desk.notices import telling
from desk.notices.news import News
from desk.notices.occasion import APP, MAIL, Occasion
from desk.notices.occasions import OCCASIONS
from models import Case, Message, Staff

ABOUT_RULES = (events.RuleSwitchedOff, events.RulesLooped)
WITH_WORDS = (events.ClientReplied, events.NoteAdded, events.OutsiderAnswered)
QUOTE = 1500

Heard = tuple[events.Event, News]
Told = tuple[Case, Staff, list[Heard]]


def tell_staff(cases: Iterable[tuple[Case, Sequence[events.Event]]]) -> None:
    """Of the heaviest of a case that concerns them in the app, of the last by mail; nobody of own
    acts."""
    told = [each for case, happened in cases for each in _heard(case, happened)]
    telling.show([(person, _heaviest(person, its)) for _case, person, its in told])
    for case, person, its in sorted(told, key=lambda each: each[1].email or ""):  # no deadlock
        _write_one(case, person, its)
    noticed = bus.unit().notes.setdefault("noticed", set())
    noticed.update((case.id, person.id) for case, person, _its in told)


def _heard(case: Case, happened: Sequence[events.Event]) -> Iterator[Told]:
    heard: dict[int, list[Heard]] = defaultdict(list)
    for event in happened:
        for person, news in _concerned(case, event):
            heard[person.id].append((event, news))
    for number, its in heard.items():
        person = catalog().staff[number]
        yield case, person, _fresh(case, person, its)


def tell_admins(event: events.Event) -> None:
    news = News(OCCASIONS["rule_stopped"], f"e{event.id}", None, event.id, dict(event.data))
    people = [one for one in catalog().staff.values() if one.is_admin and one.is_active]
    telling.show([(person, news) for person in people])
    for person in people:
        if person.email and telling.wants(person, news, MAIL):
            telling.write(person, news)


def _concerned(case: Case, event: events.Event) -> Iterator[tuple[Staff, News]]:
    for occasion in OCCASIONS.values():
        people = [each for each in occasion.whom(case, event) if _hears(each, case, event)]
        if people:
            news = News(occasion, f"e{event.id}", case, event.id, _data(case, event, occasion))
            yield from ((person, news) for person in people)


def _hears(person: Staff, case: Case, event: events.Event) -> bool:
    own = person.id == event.actor_id and not events.is_of_client(event.record)
    return not own and access.may(person, "case.read", case)


def _fresh(case: Case, person: Staff, its: list[Heard]) -> list[Heard]:
    """What weighs nothing is left out for somebody who heard of the ticket in this unit."""
    if (case.id, person.id) not in bus.unit().notes.get("noticed", ()):
        return its
    return [each for each in its if each[1].occasion.weight]


def _heaviest(person: Staff, its: list[Heard]) -> News | None:
    wanted = [news for _event, news in its if telling.wants(person, news, APP)]
    return max(reversed(wanted), key=lambda news: news.occasion.weight, default=None)


def _write_one(case: Case, person: Staff, its: list[Heard]) -> None:
    """The last that no brake holds back: there may be older news that nothing holds. The note of a
    rule or counter whose letter they get comes in the app only."""
    wanted = [each for each in its if telling.wants(person, each[1], MAIL)]
    if outbox.is_mailed(case, person.email or ""):
        wanted = [each for each in wanted if not _is_braked(each[0])]
    for event, news in sorted(wanted, key=_later_first):
        if person.email and _written(case, person, event, news):
            return


def _later_first(heard: Heard) -> tuple[bool, int, int]:
    event, news = heard
    return not news.occasion.weight, -event.id, -news.occasion.weight


def _written(case: Case, person: Staff, event: events.Event, news: News) -> bool:
    address = person.email or ""
    is_braked = _is_braked(event)
    refused = is_braked and not telling.waits(person, news) and not brakes.may_send(address, case)
    if not refused:
        telling.write(person, news, template=brakes.NOTICE if is_braked else "")
    if _is_of_rules(event):
        receipts = [*event.data.get("notices", ()), [address, brakes.TOO_MANY if refused else ""]]
        event.record.data = {**event.record.data, "notices": receipts}
    return not refused


def _is_of_rules(event: events.Event) -> bool:
    return bool(event.record.cause_rule_version_id or event.record.cause_counter_id)


def _is_braked(event: events.Event) -> bool:
    """A note of a rule or counter is a mail of theirs in other words; new work must be heard of."""
    return isinstance(event, events.NoteAdded) and _is_of_rules(event)


def _data(case: Case, event: events.Event, occasion: Occasion) -> dict[str, Any]:
    words = case.preview
    if isinstance(event, WITH_WORDS):
        words = db.session.get_one(Message, event.data["message"]).words
    who = event.data["name"] if isinstance(event, events.OutsiderAnswered) else None
    return {"who": who or _name_of(case, event.actor_id), "words": words[:QUOTE]}


def _name_of(case: Case, number: int) -> str:
    known = catalog().staff.get(number)
    return known.name if known else case.requester.name if case.requester_id == number else ""

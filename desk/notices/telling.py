"""One piece of news for one colleague: into the app, onto the desktop, by mail now or later."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from core import clock
from core.db import db
from desk.notices import letters
from desk.notices.choices import Choice, choice_of
from desk.notices.news import News
from desk.notices.occasion import APP, DESKTOP
from desk.notices.quiet import due, quiet_until
from models import Case, Notice, Staff, WaitingNotice

SHOWN = 200  # characters of the words


def wants(person: Staff, news: News, channel: str) -> bool:
    return channel in choice_of(person).of(news.occasion.key)


def waits(person: Staff, news: News) -> bool:
    """Whether a mail would not leave now, but with others later."""
    return mail_due(person, choice_of(person), news.occasion.key) > clock.now()


def show(told: Sequence[tuple[Staff, News | None]]) -> None:
    """In the app, to all whom one thing concerns at once. An unread one of the same kind about the
    same ticket makes room for the new one."""
    wanted = [(person, news) for person, news in told if news and wants(person, news, APP)]
    if not wanted:
        return
    before = _unread([person.id for person, _news in wanted], wanted[0][1].case)
    gone: list[int] = []
    for person, news in wanted:
        old = before.get((person.id, news.occasion.key), [])
        row = Notice(**_columns(person, news), desktop_at=_desktop_at(person, news))
        times = 1 + sum(data.get("times", 1) for _number, data in old)
        row.data = {**row.data, "words": news.data.get("words", "")[:SHOWN], "times": times}
        gone += [number for number, _data in old]
        db.session.add(row)
    if gone:
        which = delete(Notice).where(Notice.id.in_(gone))
        db.session.execute(which, execution_options={"synchronize_session": False})


def write(person: Staff, news: News, *, template: str = "") -> None:
    """By mail: now, or when the quiet hours end, or with the next digest.

    `template` = how the outbox names it, when not as the occasion says.
    """
    leaves = mail_due(person, choice_of(person), news.occasion.key)
    if leaves > clock.now():
        db.session.add(WaitingNotice(**_columns(person, news), due_at=leaves))
    else:
        letters.send(person, news, template=template)


def mail_due(person: Staff, choice: Choice, occasion: str) -> datetime:
    now = clock.now()
    if occasion == "late" and choice.quiet.late_breaks:
        return now
    return due(choice.quiet, choice.digest, choice.digest_at, person.zone, now)


def _desktop_at(person: Staff, news: News) -> datetime | None:
    if not wants(person, news, DESKTOP):
        return None
    quiet, now = choice_of(person).quiet, clock.now()
    if news.occasion.key == "late" and quiet.late_breaks:
        return now
    return quiet_until(quiet, person.zone, now) or now


def _unread(
    people: Sequence[int], case: Case | None
) -> dict[tuple[int, str], list[tuple[int, Mapping[str, Any]]]]:
    """By person and occasion: what they have not read about this case."""
    found: dict[tuple[int, str], list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    if case is None:
        return found
    query = select(Notice.staff_id, Notice.occasion, Notice.id, Notice.data).where(
        Notice.staff_id.in_(people), Notice.case_id == case.id, Notice.read_at.is_(None)
    )
    for person, occasion, number, data in db.session.execute(query):
        found[person, occasion].append((number, data))
    return found


def _columns(person: Staff, news: News) -> dict[str, Any]:
    return {
        "staff_id": person.id,
        "occasion": news.occasion.key,
        "key": news.key,
        "case_id": news.case.id if news.case else None,
        "event_id": news.event_id,
        "data": dict(news.data),
        "at": clock.now(),
    }

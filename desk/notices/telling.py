"""One piece of news for one colleague: into the app, onto the desktop, by mail now or later."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, insert, or_, select

from core import bus, clock
from core.db import UtcDateTime, db, table
from desk.notices import letters
from desk.notices.choices import Choice, choice_of
from desk.notices.news import News
from desk.notices.occasion import APP, DESKTOP, MAIL, Occasion
from desk.notices.quiet import due, quiet_until
from models import Notice, OutboxItem, Staff, WaitingNotice

SHOWN = 200  # characters of the words
STORM_MAILS, STORM = 10, timedelta(minutes=10)  # of one ticket to one person
AT_ONCE = 64  # people and tickets in one query


def wants(person: Staff, news: News, channel: str) -> bool:
    return channel in choice_of(person).of(news.occasion.key)


def waits(person: Staff, news: News) -> bool:
    """Whether a mail would not leave now, but with others later."""
    return mail_due(person, choice_of(person), news.occasion.key) > clock.now()


def show(told: Sequence[tuple[Staff, News | None]]) -> None:
    """In the app, to all at once. An unread one of the same kind about the same ticket makes room
    for the new one."""
    wanted = [(person, news) for person, news in told if news and wants(person, news, APP)]
    if not wanted:
        return
    before = _unread(wanted)
    gone: list[int] = []
    for person, news in wanted:
        old = before.get(_about(person, news), [])
        row = _columns(person, news) | {"desktop_at": _desktop_at(person, news)}
        times = 1 + sum(data.get("times", 1) for _number, data in old)
        row["data"] |= {"words": news.data.get("words", "")[:SHOWN], "times": times}
        gone += [number for number, _data in old]
        bus.write_together(_PUT, row)
    if gone:
        which = delete(Notice).where(Notice.id.in_(gone))
        db.session.execute(which, execution_options={"synchronize_session": False})


def tell(person: Staff, news: News) -> None:
    """On every way that the person has chosen."""
    show([(person, news)])
    if person.email and wants(person, news, MAIL):
        write(person, news)


def write(person: Staff, news: News, *, template: str = "") -> None:
    """By mail: now, or when the quiet hours end, or with the next digest, or when a storm is over.

    `template` = how the outbox names it, when not as the occasion says.
    """
    leaves = mail_due(person, choice_of(person), news.occasion.key)
    if leaves <= clock.now() and news.occasion.folds and not template:
        leaves = _storm_ends(person, news) or leaves
    if leaves > clock.now():
        db.session.add(WaitingNotice(**_columns(person, news), due_at=leaves))
    else:
        letters.send(person, news, template=template)


def mail_due(person: Staff, choice: Choice, occasion: str) -> datetime:
    now = clock.now()
    if occasion == "late" and choice.quiet.late_breaks:
        return now
    return due(choice.quiet, choice.digest, choice.digest_at, person.zone, now)


def _storm_ends(person: Staff, news: News) -> datetime | None:
    """When the next mail about this ticket may leave; None = now. The rest is told together."""
    asked = {
        "recipient": person.email,
        "case": news.case.id if news.case else None,
        "since": clock.now() - STORM,
    }
    sent = db.session.scalars(_SENT, asked).all()
    return sent[-1] + STORM if len(sent) == STORM_MAILS else None


def _desktop_at(person: Staff, news: News) -> datetime | None:
    if not wants(person, news, DESKTOP):
        return None
    quiet, now = choice_of(person).quiet, clock.now()
    if news.occasion.key == "late" and quiet.late_breaks:
        return now
    return quiet_until(quiet, person.zone, now) or now


About = tuple[int, int | None, str]


def _about(person: Staff, news: News) -> About:
    return person.id, news.case.id if news.case else None, news.occasion.key


def _unread(wanted: Sequence[tuple[Staff, News]]) -> dict[About, list[tuple[int, Any]]]:
    """By person, case and occasion: what they have not read about these cases, with its data."""
    found: dict[About, list[tuple[int, Any]]] = defaultdict(list)
    pairs = sorted({(person.id, news.case.id) for person, news in wanted if news.case})
    if pairs:
        bus.write_now()  # what this unit told so far
    for begin in range(0, len(pairs), AT_ONCE):
        for number, *about, data in db.session.execute(*_asked(pairs[begin : begin + AT_ONCE])):
            found[tuple(about)].append((number, data))
    return found


def _asked(pairs: Sequence[tuple[int, int]]) -> tuple[Select[Any], dict[str, int]]:
    """Each pair by index, on both databases; some are asked for again, so that few queries do."""
    size = 1 << (len(pairs) - 1).bit_length()
    values = {}
    for at in range(size):
        values[f"staff{at}"], values[f"case{at}"] = pairs[min(at, len(pairs) - 1)]
    return _unread_of(size), values


@cache
def _unread_of(pairs: int) -> Select[Any]:
    of_pair = (
        and_(_ROWS.c.staff_id == bindparam(f"staff{at}"), _ROWS.c.case_id == bindparam(f"case{at}"))
        for at in range(pairs)
    )
    kept = _ROWS.c.id, _ROWS.c.staff_id, _ROWS.c.case_id, _ROWS.c.occasion, _ROWS.c.data
    return select(*kept).where(_ROWS.c.read_at.is_(None), or_(*of_pair))


_MAILS = table(OutboxItem)
_SENT = (
    select(_MAILS.c.created_at)
    .where(
        _MAILS.c.recipient == bindparam("recipient"),
        _MAILS.c.case_id == bindparam("case"),
        _MAILS.c.template == Occasion.template,
        _MAILS.c.created_at > bindparam("since", type_=UtcDateTime),
    )
    .order_by(_MAILS.c.created_at.desc())
    .limit(STORM_MAILS)
)
_ROWS = table(Notice)
_PUT = insert(_ROWS)


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

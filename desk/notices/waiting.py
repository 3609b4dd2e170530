"""Mails that waited for the end of the quiet hours or for the digest: one mail with all of it.

The letter is put into the outbox and the rows go in one transaction: nothing is sent twice, and
nothing is lost when the program ends in between.
"""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from core import bus, clock
from core.db import db
from core.failpoints import failpoint
from core.security import new_token
from desk import access
from desk.catalog import catalog
from desk.notices import letters
from desk.notices.choices import choice_of
from desk.notices.news import News
from desk.notices.occasion import MAIL
from desk.notices.occasions import OCCASIONS
from desk.notices.telling import mail_due
from models import Case, Staff, WaitingNotice


def send_waiting() -> int:
    """Write to one person of those whose time has come; how many mails waited for it, 0 = none."""
    person = _next()
    if person is None:
        return 0
    with bus.unit_of_work():
        rows = _due_to(person)
        _send(person, rows)
        for row in rows:
            db.session.delete(row)
        failpoint("notices.waiting")
    return len(rows)


def put_anew(person: Staff) -> None:
    """After the person chose other times: what waits follows the new ones."""
    choice = choice_of(person)
    waiting = select(WaitingNotice.occasion).where(WaitingNotice.staff_id == person.id).distinct()
    for occasion in db.session.scalars(waiting).all():
        mine = WaitingNotice.staff_id == person.id, WaitingNotice.occasion == occasion
        leaves = mail_due(person, choice, occasion)
        db.session.execute(update(WaitingNotice).where(*mine).values(due_at=leaves))


def _next() -> int | None:
    """A look without the write lock: nearly always nobody."""
    query = (
        select(WaitingNotice.staff_id)
        .where(WaitingNotice.due_at <= clock.now())
        .order_by(WaitingNotice.due_at)
        .limit(1)
    )
    with bus.unit_of_work(writes=False):
        return db.session.scalar(query)


def _due_to(person: int) -> Sequence[WaitingNotice]:
    """Locked: who comes second waits, and then finds none."""
    query = (
        select(WaitingNotice)
        .options(joinedload(WaitingNotice.case).joinedload(Case.requester))
        .where(WaitingNotice.staff_id == person, WaitingNotice.due_at <= clock.now())
        .order_by(WaitingNotice.id)
        .with_for_update(of=WaitingNotice)
    )
    return db.session.scalars(query).all()


def _send(number: int, rows: Sequence[WaitingNotice]) -> None:
    person = catalog().staff.get(number)
    if person is None or not person.is_active or not person.email:
        return
    news = [
        News(OCCASIONS[row.occasion], row.key, row.case, row.event_id, row.data)
        for row in rows
        if row.occasion in OCCASIONS
        and MAIL in choice_of(person).of(row.occasion)
        and (row.case is None or _is_still(person, row))
    ]
    if len(news) == 1:
        letters.send(person, news[0])
    elif news:
        # Its rows go with it, so it is written once; their ids may be given again.
        letters.send_digest(person, news, dedupe=f"digest:{number}:{new_token()}")


def _is_still(person: Staff, row: WaitingNotice) -> bool:
    """What is no longer so is left out, and what the person may no longer see."""
    assert row.case is not None  # noqa: S101 - asked by the caller
    is_so = OCCASIONS[row.occasion].holds_still(row.case, person, row.data)
    return is_so and access.may(person, "case.read", row.case)

"""Letters worded anew, for tests."""

from core import bus
from core.db import db
from desk.letters import saving, stored
from desk.letters.catalogue import KINDS
from desk.letters.kind import Words
from models import MailTemplate, OutboxItem, Participant, Staff


def worded(
    key: str, body: str, by: Staff, *, subject: str = "Тема", title: str = "", locale: str = "ru"
) -> None:
    """The text of a letter from now on."""
    with bus.unit_of_work():
        base = stored.version_of(key, locale)
        words = Words(subject, body, title)
        saving.save(KINDS[key], locale, words, base=base, by=db.session.get_one(Staff, by.id))


def spoil(key: str, body: str) -> None:
    """As if an earlier version of the product had known what stands in it."""
    with bus.unit_of_work():
        (row,) = db.session.query(MailTemplate).filter_by(key=key)
        row.body = body
        stored.revision.bump(stored.REVISION)


def letters_to(person: Participant) -> list[OutboxItem]:
    """What was written to a person, oldest first."""
    db.session.expire_all()
    rows = db.session.query(OutboxItem).filter_by(recipient=person.email)
    return rows.order_by(OutboxItem.id).all()


def last_to(person: Participant) -> OutboxItem:
    return letters_to(person)[-1]

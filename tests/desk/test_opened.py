"""A ticket as its page reads it says what the row of the session says."""

import pytest
from flask import Flask
from sqlalchemy import select

from core import bus, clock
from core.db import db
from desk import catalog, drafts, opened, tags, tickets
from desk.errors import NotFound
from models import (
    Case,
    Client,
    ContactPoint,
    Direction,
    OutboxItem,
    OutboxState,
    Outsider,
    Staff,
)
from tests.support.statements import statements
from tests.support.tickets import opened as ticket_of


@pytest.fixture
def number(app: Flask, masha: Staff, ivan: Client) -> int:
    found = ticket_of(ivan).id
    with bus.unit_of_work():
        case = db.session.get_one(Case, found)
        tickets.add_note(case, "Посмотрю", by=masha)
        tags.add_tags(case, ["возврат", "акт"], by=masha)
    return found


def read(who: Staff, number: int) -> opened.Opened:
    with bus.unit_of_work(writes=False):
        return opened.ticket_for(who, number)


def test_it_says_what_the_rows_say(number: int, masha: Staff) -> None:
    found, row = read(masha, number), db.session.get_one(Case, number)
    for name in opened._OF_CASE:
        if name != "tags_read":
            assert getattr(found, name) == getattr(row, name), name
    assert found.is_answered == row.is_answered
    assert (found.number, found.shown_tags) == (row.number, row.tag_names)
    asker, who = found.requester, row.requester
    assert isinstance(who, Client)
    with bus.unit_of_work(writes=False):  # the zone may be that of the company
        for name in ("id", "kind", "name", "locale", "zone", "initials", "is_staff", "note"):
            assert getattr(asker, name) == getattr(who, name), name
    assert asker.company == (who.company.name if who.company else None)
    assert asker.shown_categories == [each.id for each in who.categories]


def test_it_is_one_statement_and_each_address_and_draft_stands_once(
    number: int, masha: Staff, sergey: Staff, ivan: Client
) -> None:
    with bus.unit_of_work():
        phone = ContactPoint(participant_id=ivan.id, kind="phone", value="+79990000001")
        db.session.add(phone)
        case = db.session.get_one(Case, number)
        for who, kind in ((masha, "reply"), (masha, "note"), (sergey, "reply")):
            drafts.save(case, who, kind, f"{who.name} {kind}")
    with bus.unit_of_work(writes=False):
        assert masha.id in catalog.catalog().staff
        with statements() as asked:
            found = opened.ticket_for(masha, number)
    assert len(asked) == 1
    assert [point.kind for point in found.contact_points] == ["email", "phone"]
    said = sorted((draft.kind or "", draft.text) for draft in found.drafts)
    assert said == [("note", f"{masha.name} note"), ("reply", f"{masha.name} reply")]


def test_who_else_writes_an_answer_just_now(number: int, masha: Staff, sergey: Staff) -> None:
    with clock.freeze(clock.now()) as time:
        for who, kind in ((masha, "reply"), (sergey, "note")):
            write(number, who, kind)
        assert read(masha, number).writers == []
        write(number, sergey, "reply")
        assert read(masha, number).writers == [sergey.id]
        assert [draft.text for draft in read(masha, number).drafts] == ["Здравствуйте"]
        time.advance(minutes=2)
        assert read(masha, number).writers == []


def write(number: int, who: Staff, kind: str) -> None:
    with bus.unit_of_work():
        drafts.save(db.session.get_one(Case, number), who, kind, "Здравствуйте")


def test_somebody_without_addresses(app: Flask, masha: Staff, pavel: Outsider) -> None:
    number = ticket_of(pavel).id
    with bus.unit_of_work():
        points = select(ContactPoint).where(ContactPoint.participant_id == pavel.id)
        for point in db.session.scalars(points.order_by(ContactPoint.id)):
            db.session.delete(point)
    found = read(masha, number)
    assert (found.contact_points, found.drafts, found.requester.company) == ([], [], None)
    assert found.requester.shown_categories == []


def test_it_tells_of_mails_that_were_lost(number: int, masha: Staff, ivan: Client) -> None:
    assert not read(masha, number).has_lost_mails
    with bus.unit_of_work():
        at = clock.now()
        lost = {"case_id": number, "participant_id": ivan.id, "state": OutboxState.FAILED}
        mail = {"channel": "email", "recipient": "ivan@example.com", "payload": {"subject": "Тема"}}
        keys = {"dedupe_key": "lost", "message_id": "lost", "template": "created"}
        db.session.add(OutboxItem(created_at=at, next_at=at, **keys, **lost, **mail))
    assert read(masha, number).has_lost_mails


def test_what_one_may_not_see_is_not_there(number: int, masha: Staff) -> None:
    for unknown in (0, -1, number + 1, 2**31):
        with pytest.raises(NotFound):
            read(masha, unknown)
    with bus.unit_of_work():
        own, other = (
            Direction(key=key, name_ru=key, name_en=key) for key in ("terminals", "parcels")
        )
        db.session.add_all([own, other])
        db.session.get_one(Staff, masha.id).directions = [own]
        db.session.flush()
        db.session.get_one(Case, number).direction_id = other.id
        catalog.changed()
    with pytest.raises(NotFound):
        read(masha, number)

"""Addresses, passwords, one-time links, limits."""

from datetime import timedelta

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import access, people, throttle
from desk.errors import Forbidden, Invalid, NotFound, TooMany
from desk.tickets import NewTicket, open_ticket
from models import Case, Client, Direction, Role, Staff
from tests.support.people import PASSWORD, hire


@pytest.mark.parametrize(
    "address",
    ["", "ivan", "ivan@", "@example.ru", "a b@example.ru", "a\r\nBcc: x@y.ru", "и" * 400 + "@a.ru"],
)
def test_what_is_no_address_is_refused(app: Flask, address: str) -> None:
    with pytest.raises(Invalid) as refused:
        people.normal_email(address)
    assert refused.value.field == "email"


def test_sign_in(app: Flask, masha: Staff, clock: Frozen) -> None:
    with bus.unit_of_work():
        assert people.sign_in(" MASHA@kurier.example ", PASSWORD, source="ip") == masha
        assert people.sign_in("masha@kurier.example", "wrong", source="ip") is None
        assert people.sign_in("nobody@kurier.example", PASSWORD, source="ip") is None


def test_guessing_is_slowed_down_but_not_for_ever(app: Flask, masha: Staff, clock: Frozen) -> None:
    for _ in range(people.SIGN_IN_LIMIT.times):
        with bus.unit_of_work():
            people.sign_in("masha@kurier.example", "wrong", source="ip")
    with pytest.raises(TooMany) as refused, bus.unit_of_work():
        people.sign_in("masha@kurier.example", PASSWORD, source="ip")
    with bus.unit_of_work():  # her own place, and her neighbour at the guesser's, are not locked
        assert people.sign_in("masha@kurier.example", PASSWORD, source="home") == masha
        assert people.sign_in("other@kurier.example", "wrong", source="ip") is None
    assert 0 < refused.value.retry_after <= 15 * 60 + 1
    clock.advance(minutes=15, seconds=1)
    with bus.unit_of_work():
        assert people.sign_in("masha@kurier.example", PASSWORD, source="ip") == masha


def test_deactivated_cannot_sign_in(app: Flask, masha: Staff, clock: Frozen) -> None:
    with bus.unit_of_work():
        masha.deactivated_at = clock.at
    with bus.unit_of_work():
        assert people.sign_in("masha@kurier.example", PASSWORD, source="ip") is None


def test_link_works_once_and_not_after_a_day(app: Flask, ivan: Client, clock: Frozen) -> None:
    with bus.unit_of_work():
        token, late = people.new_sign_in_link(ivan), people.new_sign_in_link(ivan)
    with bus.unit_of_work():
        for _ in range(3):
            link = people.sign_in_link(token)
        assert link is not None
        assert people.use_sign_in_link(link) == ivan
        assert people.sign_in_link(token) is None
    assert ivan.contact_points[0].verified_at == clock.at
    clock.advance(hours=24, seconds=1)
    with bus.unit_of_work():
        assert people.sign_in_link(late) is None


def test_new_password_ends_sessions(app: Flask, ivan: Client) -> None:
    before = ivan.get_id()
    with bus.unit_of_work():
        people.set_password(ivan, "another long one")
    assert ivan.get_id() != before
    with pytest.raises(Invalid), bus.unit_of_work():
        people.set_password(ivan, "short")


def test_one_address_one_person(app: Flask, masha: Staff) -> None:
    with pytest.raises(Invalid), bus.unit_of_work():
        people.new_staff(
            name="Другая", email="Masha@Kurier.example", role=Role.AGENT, password=PASSWORD
        )


def ticket_of(requester: Client, direction: Direction | None = None) -> int:
    with bus.unit_of_work():
        new = NewTicket("Тема", "Текст", direction_id=direction.id if direction else None)
        return open_ticket(new, requester=requester).number


def test_clients_see_only_their_own(app: Flask, ivan: Client, galina: Client) -> None:
    number = ticket_of(ivan)
    assert access.case_for(ivan, number).number == number
    for stranger, asked in ((galina, number), (ivan, number + 1), (ivan, -1), (ivan, 2**40)):
        with pytest.raises(NotFound):
            access.case_for(stranger, asked)
    with pytest.raises(Forbidden):
        access.case_for(ivan, number, "case.note")
    seen = db.session.scalars(access.visible_cases(galina)).all()
    assert not seen


def test_agent_of_one_direction_does_not_see_the_other(
    app: Flask, ivan: Client, masha: Staff
) -> None:
    with bus.unit_of_work():
        repair = Direction(key="repair", name_ru="Ремонт")
        db.session.add(repair)
    artyom = hire("Артём", "artyom@kurier.example", directions=[repair])
    main = db.session.query(Direction).filter_by(key="main").one()
    theirs, foreign, nobodys = ticket_of(ivan, repair), ticket_of(ivan, main), ticket_of(ivan)
    with bus.unit_of_work(writes=False):
        seen = {case.number for case in db.session.scalars(access.visible_cases(artyom))}
        assert seen == {theirs, nobodys}
        with pytest.raises(NotFound):
            access.case_for(artyom, foreign)
        assert access.case_for(masha, foreign)


def test_safe_link_opens_one_request_until_it_is_revoked(app: Flask, ivan: Client) -> None:
    number, other = ticket_of(ivan), ticket_of(ivan)
    case = db.session.get_one(Case, number)
    token = access.link_token(case)
    assert access.case_by_link(token).number == number != other
    assert access.link_token(case) == token
    for forged in (token[:-2], token + "x", "", "W10.x", access.link_token(case)[5:]):
        with pytest.raises(NotFound):
            access.case_by_link(forged)
    with bus.unit_of_work():
        db.session.get_one(Case, number).link_nonce = "new"
    with pytest.raises(NotFound):
        access.case_by_link(token)


def test_limits_forget(app: Flask, clock: Frozen) -> None:
    limit = throttle.Limit(times=2, within=timedelta(minutes=1))
    with bus.unit_of_work():
        throttle.count("a", "b")
        throttle.count("a")
    with pytest.raises(TooMany):
        throttle.check({"b": limit, "a": limit})
    throttle.check({"b": limit})
    clock.advance(minutes=1, seconds=1)
    throttle.check({"a": limit})

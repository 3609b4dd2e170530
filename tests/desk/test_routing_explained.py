"""Decisions in words, the queue with its places and expected times, trying without writing."""

from datetime import timedelta

import pytest

from core import bus
from core.clock import Frozen, now
from core.db import db
from core.i18n import use_locale
from desk import catalog
from desk.routing import explained, queue_board, staffing, team_board, trial
from models import (
    Case,
    Client,
    Direction,
    Group,
    Presence,
    Schedule,
    Skill,
    Staff,
    StaffSkill,
    TicketType,
    TypeNeed,
)
from tests.support.checksum import checksum
from tests.support.people import hire
from tests.support.routing import agent, arrives, be, hands_out, holder, solve


def skilled(person: Staff, level: int, needed: int = 3) -> int:
    """They have the skill at that level; tickets of the type need it at another. The type's id."""
    with bus.unit_of_work():
        skill = db.session.query(Skill).filter_by(key="tills").one_or_none()
        kind = db.session.query(TicketType).order_by(TicketType.id).first()
        assert kind is not None
        if skill is None:
            skill = Skill(key="tills", name_ru="терминалы", name_en="tills")
            db.session.add(skill)
            db.session.flush()
            db.session.add(TypeNeed(type_id=kind.id, skill_id=skill.id, level=needed))
        db.session.add(StaffSkill(staff_id=person.id, skill_id=skill.id, level=level))
        staffing.changed()
        return kind.id


def test_who_got_it_and_each_reason_against_the_others(ivan: Client) -> None:
    masha, anton = agent("Маша"), agent("Антон", presence=Presence.AWAY)
    kind = skilled(masha, 4)
    skilled(anton, 2)
    group = hands_out()
    number = arrives(ivan, group, type_id=kind)
    with bus.unit_of_work(writes=False):
        (told,) = explained.of_case(db.session.get_one(Case, number))
    assert (told.who, told.why) == ("Маша", "Маша: загрузка 0 из 2, выдано за день: 0")
    assert [line.name for line in told.candidates] == ["Маша"]
    (line,) = told.excluded
    assert line.said == ["нет на месте", "не хватает квалификации: «терминалы» уровня 3 (есть 2)"]
    with bus.unit_of_work(writes=False), use_locale("en"):
        (told,) = explained.of_case(db.session.get_one(Case, number))
        assert told.excluded[0].said[0] == "away from the desk"


def test_a_place_an_expected_time_and_why_it_waits(clock: Frozen, ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out(ticket_limit=1)
    taken = arrives(ivan, group)
    waiting = [arrives(ivan, group) for _ in range(5)]
    with bus.unit_of_work(writes=False):
        (queued,) = queue_board.board(masha)
    assert [one.place for one in queued.entries] == [1, 2, 3, 4, 5]
    assert queued.entries[0].told.hindered == "Маша: лимит группы: 1 из 1"
    assert queued.entries[0].expected is None
    for number in [taken, *waiting[:3]]:
        clock.advance(minutes=10)
        solve(number, masha)
    with bus.unit_of_work(writes=False):
        assert queue_board.place_of(db.session.get_one(Case, waiting[4])) == (
            1,
            timedelta(minutes=10),
        )
        assert queue_board.place_of(db.session.get_one(Case, taken)) is None
        entry = queue_board.why_now(db.session.get_one(Case, waiting[4]))
    assert entry is not None
    assert (entry.waits, entry.told.who) == (timedelta(minutes=40), None)


def test_the_queue_hides_what_one_may_not_see(ivan: Client) -> None:
    agent("Маша", presence=Presence.OFF)
    group = hands_out()
    with bus.unit_of_work():
        own = Direction(key="own", name_ru="Своё", name_en="Own")
        other = Direction(key="other", name_ru="Чужое", name_en="Other")
        db.session.add_all([own, other])
        db.session.flush()
        catalog.changed()
        own_id, other_id = own.id, other.id
    guest = hire("Гость", "guest@kurier.example", directions=[own])
    arrives(ivan, group, direction_id=own_id)
    arrives(ivan, group, direction_id=other_id)
    with bus.unit_of_work(writes=False):
        (queued,) = queue_board.board(guest)
        assert ([one.place for one in queued.entries], queued.hidden) == ([1], 1)


def test_the_team_with_load_and_who_is_next(ivan: Client) -> None:
    masha = agent("Маша")
    agent("Антон")
    group = hands_out()
    arrives(ivan, group)
    with bus.unit_of_work(writes=False):
        (line,) = team_board.board()
        rows = {row.person.name: row for row in line.rows}
        assert (line.taken, line.slots) == (1, 4)
        assert rows["Антон"].taken("ticket") == 1
        assert [each.name for each in rows["Маша"].next_in] == ["Поддержка"]
        assert rows["Антон"].next_in == []
    be(masha, "away")
    with bus.unit_of_work(writes=False):
        (line,) = team_board.board(group.id)
        assert [bool(row.next_in) for row in line.rows] == [True, False]


def test_trying_looks_at_the_shifts_of_that_hour_and_writes_nothing(ivan: Client) -> None:
    masha = agent("Маша")
    agent("Антон", presence=Presence.OFF)
    with bus.unit_of_work():
        hours = [[["09:00", "12:00"]]]
        row = Schedule(key="s", name_ru="Утро", cycle=hours, anchor=now().date())
        row.zone = "Europe/Moscow"
        db.session.add(row)
        db.session.flush()
        db.session.get_one(Staff, masha.id).schedule_id = row.id
        catalog.changed()
        staffing.changed()
    group = hands_out()
    number = arrives(ivan, group)
    assert holder(number) == "Маша"
    before = checksum()
    with bus.unit_of_work(writes=False):
        case = db.session.get_one(Case, number)
        morning = trial.of_case(case, now() + timedelta(hours=1), as_present=False)
        evening = trial.of_case(case, now() + timedelta(hours=5), as_present=True)
        nobody = trial.of_case(case, now() + timedelta(hours=5), as_present=False)
        assert morning is not None
        assert evening is not None
        assert nobody is not None
        assert (morning.who, evening.who, nobody.who) == ("Маша", "Антон", None)
        assert "не на смене" in evening.excluded[0].said[0]
        made_up = trial.of_words(group.id, now(), type_id=None, language="ru", direction=None)
        assert made_up.who == "Антон"
    assert checksum() == before


@pytest.mark.parametrize("mode", ["alphabetical", "longest_idle", "round_robin", "by_weight"])
def test_each_mode_says_what_it_went_by(ivan: Client, mode: str) -> None:
    agent("Маша")
    agent("Антон")
    group = hands_out(mode)
    number = arrives(ivan, group)
    with bus.unit_of_work(writes=False):
        (told,) = explained.of_case(db.session.get_one(Case, number))
        assert told.who == "Антон"
        assert told.mode
        assert len(told.candidates) == 2
        assert db.session.get_one(Group, group.id).mode == mode

"""What each colleague chose to be told: kept, refused, given to newcomers."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import settings
from desk.errors import Invalid, Stale
from desk.notices import choices
from desk.notices.choices import Choice
from desk.notices.quiet import HOURLY, Quiet
from models import EventRecord, Staff
from tests.support.notices import chooses
from tests.support.people import hire
from tests.support.rules import without_rules

NIGHTS = Quiet(on=True, since="20:00", until="08:00")


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def test_a_choice_is_kept_and_recorded(app: Flask, masha: Staff) -> None:
    chooses(masha, {"note": ["desktop"], "assigned": []}, quiet=NIGHTS, digest=HOURLY)
    with bus.unit_of_work(writes=False):
        found = choices.choice_of(masha)
        assert found.of("note") == {"app", "desktop"}, "what the desktop shows is in the app too"
        assert found.of("assigned") == set()
        assert (found.quiet, found.digest, found.version) == (NIGHTS, HOURLY, 1)
        record = (
            db.session.query(EventRecord)
            .filter_by(kind="settings_changed")
            .order_by(EventRecord.id)
            .all()[-1]
        )
        assert (record.actor_id, record.data["what"]) == (masha.id, "notice_choice")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"digest": "never"}, "digest"),
        ({"channels": {"note": ["sms"]}}, "on.note"),
        ({"digest_at": "9 утра"}, "digest_at"),
        ({"digest_at": "25:00"}, "digest_at"),
        ({"quiet": Quiet(on=True, since="8", until="20:00")}, "since"),
        ({"quiet": Quiet(on=True, since="08:00", until="")}, "until"),
        ({"quiet": Quiet(on=True, since="08:00", until="08:00")}, "until"),
        ({"quiet": Quiet(on=True, days=frozenset())}, "quiet"),
        ({"quiet": Quiet(on=True, days_off=frozenset(range(7)))}, "quiet"),
    ],
)
def test_nonsense_is_refused(
    app: Flask, masha: Staff, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        chooses(masha, **wrong)
    assert refused.value.field == field


def test_two_windows(app: Flask, masha: Staff) -> None:
    chooses(masha, digest=HOURLY)
    with pytest.raises(Stale), bus.unit_of_work():
        choices.choose(db.session.get_one(Staff, masha.id), Choice(), based_on=0)


def test_defaults_are_for_newcomers(app: Flask, anton: Staff, masha: Staff, clock: Frozen) -> None:
    clock.advance(minutes=1)
    with bus.unit_of_work():
        who = db.session.get_one(Staff, anton.id)
        choices.change_defaults(Choice({"note": []}, digest=HOURLY), by=who, based_on=0)
    clock.advance(minutes=1)
    late = hire("Новая", "new@kurier.example")
    with bus.unit_of_work(writes=False):
        assert choices.choice_of(masha).of("note") == {"app", "mail"}
        assert choices.choice_of(late).of("note") == set()
        assert choices.choice_of(late).digest == HOURLY
        assert choices.choice_of(late).version == 0
    clock.advance(minutes=1)
    with bus.unit_of_work():
        choices.change_defaults(Choice(), by=db.session.get_one(Staff, anton.id), based_on=1)
    with bus.unit_of_work(writes=False):
        assert choices.choice_of(late).digest == HOURLY, "what somebody has stays"
        assert len(settings.get(choices.DEFAULTS)) == 2
    with pytest.raises(Stale), bus.unit_of_work():
        choices.change_defaults(Choice(), by=db.session.get_one(Staff, anton.id), based_on=1)

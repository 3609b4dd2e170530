"""A failed run is done once more: alone, once, with its reason kept."""

from unittest.mock import patch

import pytest
from flask import Flask

from core import bus
from core.db import db
from core.i18n import again, use_locale
from desk import settings, tickets
from desk.automation import library
from desk.automation.actions import ACTIONS
from desk.automation.fields.text import TextField
from desk.automation.runs import retried, retry, run_for
from desk.catalog import catalog
from desk.catalog import changed as catalog_changed
from desk.errors import Forbidden, Invalid, NotFound
from desk.tickets import NewTicket
from models import Client, EventRecord, RuleRun, Staff, Status
from tests.support.rules import case, cond, do, given, mail, outbox, rule, runs, without_rules


@pytest.fixture
def failed(app: Flask, ivan: Client) -> int:
    """The run of a rule that failed, after which its obstacle went away."""
    without_rules()
    with bus.unit_of_work(writes=False):
        waiting = catalog().by_key("statuses", "waiting").id
    given("Первое", "ticket_created", [do("add_tag", ["первое"])])
    then = [mail(), do("add_note", text="Ждём"), do("set_status", waiting)]
    given("Ждём", "ticket_created", then)
    _usable(waiting, False)
    with bus.unit_of_work():
        tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan)
    _usable(waiting, True)
    run = runs()[-1]
    assert (run.state, outbox()) == ("failed", [])
    return run.id


def _usable(status_id: int, usable: bool) -> None:
    with bus.unit_of_work():
        db.session.get_one(Status, status_id).for_tickets = usable
        catalog_changed()


def test_does_what_was_left_and_nothing_else(failed: int, anton: Staff) -> None:
    with bus.unit_of_work():
        row = retry(run_for(failed), by=anton)
        assert (row.state, row.retry_of_id) == ("done", failed)
        number = row.case_id
    found = case(number)
    assert (found.status.key, found.tag_names) == ("waiting", ["первое"])
    assert len(outbox()) == 1
    assert len(runs()) == 3
    before = db.session.get_one(RuleRun, failed)
    assert (before.state, before.error) == ("failed", before.error)
    for code, words in (("ru", "не для обращений"), ("en", "not for tickets")):
        with use_locale(code):
            assert words in again(before.error)


def test_is_done_once(failed: int, anton: Staff) -> None:
    for _turn in range(2):
        with bus.unit_of_work():
            retry(run_for(failed), by=anton)
    assert len(outbox()) == 1
    assert len(runs()) == 3
    with bus.unit_of_work(writes=False):
        again = retried(run_for(failed))
        assert again is not None
        assert retried(again) is None


def test_is_written_down(failed: int, anton: Staff) -> None:
    with bus.unit_of_work():
        retry(run_for(failed), by=anton)
    record = (
        db.session.query(EventRecord)
        .filter_by(kind="rule_changed")
        .order_by(EventRecord.id)
        .all()[-1]
    )
    assert record.actor_id == anton.id
    assert record.data["what"] == "retried"
    assert record.data["run"] == failed
    assert record.data["why"] == db.session.get_one(RuleRun, failed).error
    done = db.session.query(EventRecord).filter_by(kind="status_changed").one()
    assert done.cause_rule_version_id == runs()[-1].rule_version_id


def test_what_fails_again_can_be_tried_again(failed: int, anton: Staff) -> None:
    waiting = db.session.query(Status).filter_by(key="waiting").one().id
    _usable(waiting, False)
    with bus.unit_of_work():
        second = retry(run_for(failed), by=anton).id
    assert runs()[-1].state == "failed"
    assert outbox() == []
    _usable(waiting, True)
    with bus.unit_of_work():
        assert retry(run_for(second), by=anton).state == "done"
    assert len(outbox()) == 1


def test_is_for_administrators(failed: int, masha: Staff) -> None:
    with bus.unit_of_work(), pytest.raises(Forbidden):
        retry(run_for(failed), by=masha)


def test_refuses_what_can_not_be(failed: int, anton: Staff) -> None:
    with bus.unit_of_work(writes=False), pytest.raises(NotFound):
        run_for(10**6)
    with bus.unit_of_work(), pytest.raises(Invalid):
        retry(run_for(runs()[0].id), by=anton)  # it did not fail
    with bus.unit_of_work():
        settings.put("rules_stopped", True)
    with bus.unit_of_work(), pytest.raises(Invalid):
        retry(run_for(failed), by=anton)
    with bus.unit_of_work():
        settings.put("rules_stopped", False)
        library.delete(rule(run_for(failed).rule_id), by=anton)
    with bus.unit_of_work(), pytest.raises(Invalid):
        retry(run_for(failed), by=anton)
    assert len(runs()) == 2


def test_one_that_failed_before_it_began_is_done_whole(ivan: Client, anton: Staff) -> None:
    """What its actions would do could not be worked out; then it could."""
    without_rules()
    given("Метка", "ticket_created", [do("add_tag", ["поздно"]), do("add_note", text="Вот")])
    with patch.object(type(ACTIONS["add_tag"]), "plan", side_effect=Invalid("Не вышло")):
        with bus.unit_of_work():
            number = tickets.open_ticket(NewTicket("Чек", "Не печатает"), requester=ivan).number
        (run,) = runs()
        assert (run.state, run.error) == ("failed", "Не вышло")
        assert [each["do"] for each in run.effects] == ["add_tag", "add_note"]
        with bus.unit_of_work():
            second = retry(run_for(run.id), by=anton)
            assert (second.state, len(second.effects)) == ("failed", 2)
    with bus.unit_of_work():
        assert retry(run_for(second.id), by=anton).state == "done"
    assert case(number).tag_names == ["поздно"]


def test_one_whose_conditions_failed_has_nothing_to_do_again(ivan: Client, anton: Staff) -> None:
    without_rules()
    given("Текст", "ticket_created", [do("add_tag", ["х"])], cond("text", "contains", "чек"))
    with patch.object(TextField, "of", side_effect=ZeroDivisionError("нет")), bus.unit_of_work():
        tickets.open_ticket(NewTicket("Чек", "Не печатает"), requester=ivan)
    (run,) = runs()
    assert (run.state, run.error, run.effects) == ("failed", "ZeroDivisionError: нет", [])
    with bus.unit_of_work(), pytest.raises(Invalid):
        retry(run_for(run.id), by=anton)

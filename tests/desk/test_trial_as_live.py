"""Trying says what would happen live: a run that is spent, a field that a person has set."""

import pytest

from core import bus
from desk import dialogs, tickets
from desk.automation import letter_trial, library, trial
from desk.dialogs import NewDialog
from models import Client, Staff
from tests.support.rules import (
    case,
    cond,
    definition,
    do,
    given,
    mail,
    rule,
    runs,
    status,
    without_rules,
)
from tests.support.tickets import opened


def tried(number: int, rule_id: int) -> trial.Trial:
    with bus.unit_of_work():
        kept = library.versions_in_force()[rule_id].definition
        return trial.try_on(kept, case(number), rule_id)


@pytest.mark.parametrize("how_often", ["once", "once_per_status"])
def test_one_that_has_had_its_run(ivan: Client, masha: Staff, how_often: str) -> None:
    without_rules()
    number = opened(ivan).id
    kept = given("Раз", "agent_replied", [do("add_note", text="Раз")], run=how_often)
    with bus.unit_of_work():
        tickets.reply(case(number), "Смотрим", by=masha)
    with bus.unit_of_work():
        tickets.reply(case(number), "Ещё смотрим", by=masha)
    assert len(runs(kept)) == 1
    found = tried(number, kept)
    assert (found.holds, found.has_run, found.acts) == (True, True, False)
    other = opened(ivan).id
    with bus.unit_of_work():
        tickets.reply(case(other), "Смотрим", by=masha)
    assert len(runs(kept)) == 2
    assert rule(kept).id == kept


def test_a_note_is_shown_as_it_would_read(ivan: Client, masha: Staff) -> None:
    without_rules()
    number = opened(ivan).id
    kept = given(
        "Заметка",
        "agent_replied",
        [do("add_note", text="От {{ client.name }}: {{ ticket.number }}")],
    )
    with bus.unit_of_work():
        tickets.reply(case(number), "Смотрим", by=masha)
    assert tried(number, kept).notes == (f"От Иван Петров: {case(number).number}",)
    assert trial_of_letter(kept).notes[0].startswith("От somebody.new")


def trial_of_letter(kept: int) -> trial.Trial:
    with bus.unit_of_work():
        return letter_trial.try_letter(
            library.versions_in_force()[kept].definition, "Чек", "Терминал не печатает чек"
        )


def test_a_dialog_that_is_a_ticket_already_is_not_turned_again(ivan: Client, masha: Staff) -> None:
    without_rules()
    kept = given("Стать", "dialog_message", [do("turn_into_ticket")])
    with bus.unit_of_work():
        number = dialogs.open_dialog(
            NewDialog("Терминал", "Не печатает чек"), requester=ivan
        ).number
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    (line,) = tried(number, kept).told
    assert "№" in str(line.said)
    assert "уже" in line.held


def test_every_time_is_never_spent(ivan: Client, masha: Staff) -> None:
    without_rules()
    number = opened(ivan).id
    kept = given("Каждый раз", "agent_replied", [do("add_note", text="Раз")])
    with bus.unit_of_work():
        tickets.reply(case(number), "Смотрим", by=masha)
    assert tried(number, kept).acts


def test_what_a_person_set_is_theirs_as_live(ivan: Client, masha: Staff) -> None:
    without_rules()
    number = opened(ivan).id
    waiting, work = status("waiting"), status("in_work")
    then = [do("set_status", work)]
    kept = given("Вернуть", "status_changed", then, cond("status", "is", waiting))
    with bus.unit_of_work():
        tickets.change_status(case(number), waiting, by=masha)
    assert [run.state for run in runs(kept)] == ["skipped"]
    found = tried(number, kept)
    assert all(effect.skipped for effect in found.effects)
    with bus.unit_of_work(writes=False):
        assert case(number).status_id == waiting


def test_a_letter_to_a_client_is_shown_without_the_link_that_lets_them_in(
    ivan: Client, masha: Staff
) -> None:
    """Whoever may look at triggers could write as the client by it."""
    without_rules()
    number = opened(ivan).id
    letter = mail("client", text="Смотрите: {{ ticket.link }}")
    letter["subject"] = {"ru": "{{ ticket.link }}"}
    with bus.unit_of_work():
        asked = definition("ticket_created", [letter])
        (shown,) = trial.try_on(asked, case(number)).letters
    assert "/r/" not in shown.text + shown.subject
    assert f"/agent/t/{number}" in shown.text
    with bus.unit_of_work():
        written = letter_trial.try_letter(asked, "Тема", "Помогите").letters
    assert all("/r/" not in one.text for one in written)

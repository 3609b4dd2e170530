"""Who waits in a dialog is told the place in the queue, and for how long still."""

from core import bus
from core.clock import Frozen
from core.db import db
from desk import dialogs, tickets
from desk.dialogs import NewDialog
from models import Case, Group, Participant
from tests.support.client import Client
from tests.support.client_request import link
from tests.support.routing import agent, arrives, hands_out


def began(who: Participant, group: Group) -> int:
    with bus.unit_of_work():
        number = dialogs.open_dialog(NewDialog("Терминал", "Не печатает чек"), requester=who).number
        case = db.session.get_one(Case, number)
        tickets.assign_group(case, db.session.get_one(Group, group.id), by=who)
    return number


def state(client: Client, number: int) -> str:
    return client.soup(link(number)).select_one(".state").get_text(" ", strip=True)


def test_a_place_in_the_queue_and_the_wait(
    client: Client, clock: Frozen, ivan: Participant
) -> None:
    masha = agent("Маша")
    group = hands_out(dialog_limit=1)
    taken, first, second = (began(ivan, group) for _ in range(3))
    assert "Ваша очередь следующая. Возьмёт свободный специалист" in state(client, first)
    assert "Ваше место в очереди: 2." in state(client, second)
    assert "очеред" not in state(client, taken)
    began(ivan, group)
    for number in (taken, first, second):
        clock.advance(minutes=10)
        with bus.unit_of_work():
            dialogs.close(db.session.get_one(Case, number), by=masha)
    said = state(client, began(ivan, group))
    assert "Ваша очередь следующая. Примерно через" in said
    assert "мин" in said


def test_a_ticket_is_promised_a_time_instead(client: Client, ivan: Participant) -> None:
    masha = agent("Маша")
    group = hands_out(ticket_limit=1)
    arrives(ivan, group)
    assert "очеред" not in state(client, arrives(ivan, group))
    assert masha.is_active

"""A desk with a dispatcher: groups that hand out, agents that are there."""

from typing import Any

from core import bus, clock
from core.db import db
from desk import catalog, preferences, tickets
from desk.routing import staffing
from models import Case, Client, Group, Membership, Presence, Routing, Staff, Ticket, Waiting
from tests.support.people import hire
from tests.support.tickets import opened

SUPPORT = ("support", "Поддержка", "Support")


def agent(name: str, *, group: tuple[str, str, str] = SUPPORT, **more: Any) -> Staff:
    """Somebody of the group who is available; `masha` gets masha@kurier.example."""
    more.setdefault("presence", Presence.AVAILABLE)
    number = db.session.query(Staff).count()
    return hire(name, f"agent{number}@kurier.example", group=group, **more)


def hands_out(mode: str = "least_loaded", group: str = SUPPORT[0], **more: Any) -> Group:
    """A group whose work the dispatcher gives, with two slots for tickets unless said otherwise."""
    with bus.unit_of_work():
        row = db.session.query(Group).filter_by(key=group).one()
        more.setdefault("ticket_limit", 2)
        for column, value in {"mode": mode, **more}.items():
            setattr(row, column, value)
        catalog.changed()
    return row


def arrives(who: Client, group: Group, **more: Any) -> int:
    """A ticket of a client in the queue of a group; its number."""
    with bus.unit_of_work():
        number = opened(who, **more).id
        case = db.session.get_one(Case, number)
        tickets.assign_group(case, db.session.get_one(Group, group.id), by=who)
    return number


def solve(number: int, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.solve(db.session.get_one(Case, number), by=by)


def holder(number: int) -> str | None:
    """The name of who has a case."""
    with bus.unit_of_work(writes=False):
        case = db.session.get_one(Ticket, number, populate_existing=True)
        return case.assignee.name if case.assignee else None


def queued() -> list[int]:
    """Cases that wait, by number."""
    with bus.unit_of_work(writes=False):
        return sorted(db.session.scalars(db.select(Waiting.case_id)))


def decisions(number: int) -> list[Routing]:
    rows = db.session.query(Routing).filter_by(case_id=number)
    return rows.order_by(Routing.id).all()


def be(person: Staff, presence: str) -> None:
    with bus.unit_of_work():
        preferences.be_present(db.session.get_one(Staff, person.id), presence)


def join(person: Staff, group: Group) -> None:
    with bus.unit_of_work():
        db.session.add(Membership(staff_id=person.id, group_id=group.id, since=clock.now()))
        catalog.changed()
        staffing.changed()

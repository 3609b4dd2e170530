"""Pictures of the dispatcher: the team, a queue before a full house, and why it waits."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from commands.shot import Shot
from commands.terminal import Refusal
from core.bus import unit_of_work
from core.db import db
from desk import people, tickets
from desk.tickets import NewTicket
from models import Case, Client, Group, Schedule, Staff

CLIENT, HEAD, EXPERT = "ivan@sevsklad.example", "olga@kurier.example", "sergey@kurier.example"
WAITING = ("Терминал не включается", "Не сканирует штрихкод", "Замялась лента, не режет чек")


def of_routing(app: Flask, admin: str) -> list[Shot]:
    case, person, schedule = _full_house(app)
    return [
        Shot("team", "/agent/team", HEAD),
        Shot("team-phone-dark", "/agent/team", HEAD, dark=True, phone=True),
        Shot("queue", "/agent/queue", HEAD),
        Shot("queue-why", f"/agent/t/{case}?view=all", HEAD, before=_asked_why),
        Shot("routing", "/admin/routing", admin),
        Shot("people", "/admin/people", admin),
        Shot("person", f"/admin/people/{person}", admin),
        Shot("person-phone-dark", f"/admin/people/{person}", admin, dark=True, phone=True),
        Shot("schedule", f"/admin/schedules/{schedule}", admin),
    ]


def _full_house(app: Flask) -> tuple[int, int, int]:
    """Requests for a group whose people have their hands full; one that waits, who, a schedule."""
    with app.app_context():
        with unit_of_work():
            group = db.session.scalars(select(Group).where(Group.key == "repair")).one_or_none()
            client, expert = people.by_email(CLIENT), people.by_email(EXPERT)
            if group is None or not isinstance(client, Client) or not isinstance(expert, Staff):
                raise Refusal("the demo company is empty")
            numbers = [_opened(subject, group, client) for subject in WAITING]
            schedule = db.session.scalars(select(Schedule.id).order_by(Schedule.id)).first()
        return numbers[-1], expert.id, schedule or 0


def _opened(subject: str, group: Group, client: Client) -> int:
    case: Case = tickets.open_ticket(NewTicket(subject, subject + "."), requester=client)
    tickets.assign_group(case, group, by=client)
    return case.number


def _asked_why(page: Any) -> None:
    page.locator("a[aria-label='Почему?']").click()
    page.locator("#side.why").wait_for()

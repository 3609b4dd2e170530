"""The triggers that an installation begins with, so that clients hear from it on the first day."""

from typing import Any

from core.db import db
from desk import history
from desk.automation import library
from desk.automation.library import NewVersion
from desk.catalog import catalog
from desk.history import Cause
from models import Rule, RuleState, StatusCategory

CREATED = (
    "Обращение создано: письмо клиенту",
    "Ticket created: mail to the client",
)
SOLVED = ("Обращение решено: письмо клиенту", "Ticket solved: mail to the client")
REOPENED = ("Клиент ответил на решённое: снова в работу", "Client wrote on a solved one: reopen")


def ensure_starter_rules() -> None:
    """Make them where there has never been a trigger; what people changed stays."""
    if db.session.query(Rule).first() is not None:
        return
    author = history.actor_of(Cause())
    for names, definition in _definitions():
        new = NewVersion(definition, *names)
        library.create(new, by=author, state=RuleState.ON)


def _definitions() -> list[tuple[tuple[str, str], dict[str, Any]]]:
    done = [row.id for row in catalog().statuses.values() if not _is_open(row.category)]
    reopened = catalog().first_status(StatusCategory.OPEN).id
    solved = {"field": "status", "op": "became", "value": done}
    was_solved = {"field": "status", "op": "any_of", "value": done}
    return [
        (CREATED, _rule(["ticket_created"], [], _letter("created"))),
        (SOLVED, _rule(["status_changed"], [solved], _letter("solved"))),
        (
            REOPENED,
            _rule(["client_replied"], [was_solved], {"do": "set_status", "value": reopened}),
        ),
    ]


def _letter(key: str) -> dict[str, Any]:
    return {"do": "send_letter", "letter": key}


def _rule(on: list[str], conditions: list[Any], action: dict[str, Any]) -> dict[str, Any]:
    return {
        "on": on,
        "if": {"all": conditions},
        "then": [action],
        "run": "every",
        "stop": False,
        "overwrite": False,
    }


def _is_open(category: str) -> bool:
    return StatusCategory(category).is_open

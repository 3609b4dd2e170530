"""Triggers for tests, written short."""

from typing import Any

from core import bus
from core.db import db
from desk.automation import library
from desk.automation.library import NewVersion
from desk.automation.reasons import reasons_of
from desk.catalog import catalog
from desk.history import Cause, actor_of
from models import Case, Decision, OutboxItem, Rule, RuleRun, RuleVersion


def cond(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


def do(kind: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"do": kind, **({} if value is None and more else {"value": value}), **more}


def mail(to: str = "client", *, text: str = "Здравствуйте!", **more: Any) -> dict[str, Any]:
    subject = {"ru": "Письмо", "en": "Letter"}
    return {
        "do": "send_mail",
        "to": to,
        "subject": subject,
        "text": {"ru": text, "en": text},
        **more,
    }


def definition(
    on: str, then: list[dict[str, Any]], *conditions: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """`on` = kinds with spaces between them; conditions all have to hold."""
    return {"on": on.split(), "if": {"all": list(conditions)}, "then": then, **more}


def given(
    name: str,
    on: str,
    then: list[dict[str, Any]],
    *conditions: dict[str, Any],
    state: str = "on",
    **more: Any,
) -> int:
    """A trigger at the end of the order; its id."""
    with bus.unit_of_work():
        new = NewVersion(definition(on, then, *conditions, **more), name)
        return library.create(new, by=actor_of(Cause()), state=state).id


def without_rules() -> None:
    """Only what the test itself sets up."""
    with bus.unit_of_work():
        for rule in library.rules():
            library.delete(rule, by=actor_of(Cause()))


def status(key: str) -> int:
    with bus.unit_of_work(writes=False):
        found: int = catalog().by_key("statuses", key).id
        return found


def runs(rule_id: int | None = None) -> list[RuleRun]:
    query = db.session.query(RuleRun).order_by(RuleRun.id)
    return (query.filter_by(rule_id=rule_id) if rule_id else query).all()


def decisions() -> list[Decision]:
    return db.session.query(Decision).order_by(Decision.id).all()


def missed(row: Decision) -> dict[int, str]:
    """Of the rule versions that had no effect: the path of the condition that decided."""
    reasons = reasons_of(row)
    return {
        number: reasons.path(db.session.get_one(RuleVersion, number)) for number in reasons.codes
    }


def outbox() -> list[OutboxItem]:
    query = db.session.query(OutboxItem).filter_by(template="rule")
    return query.order_by(OutboxItem.id).all()


def case(number: int) -> Case:
    return db.session.get_one(Case, number)


def rule(number: int) -> Rule:
    return db.session.get_one(Rule, number)

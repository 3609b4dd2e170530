"""The demo company as it stands after its stories were played."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from core import bus
from core.clock import Frozen
from core.db import db
from demo import read
from demo.loader import is_loaded, load_demo, sign_ins
from desk import history, people, search
from desk.automation.definition import conditions_in, root_of
from desk.automation.library import versions_in_force
from desk.catalog import catalog
from models import (
    Article,
    ArticleState,
    Attachment,
    Case,
    Counter,
    CounterFiring,
    EventRecord,
    OutboxItem,
    OutboxState,
    Rule,
    RuleRun,
    RuleVersion,
)

FRIDAY_NOON = datetime(2026, 11, 20, 12, 8, tzinfo=ZoneInfo("Europe/Moscow"))


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.slow
def test_the_company_is_as_told(app: Flask, clock: Frozen) -> None:
    clock.set(FRIDAY_NOON)
    assert load_demo(app) is True
    assert load_demo(app) is False
    with bus.unit_of_work(writes=False):
        assert is_loaded()
        assert count(Case) == 60
        assert count(Rule) == 12
        every_story_ended_as_told()
        every_row_is_the_fold_of_its_events()
        all_mail_of_the_past_is_sent()
        counters_have_fired_and_none_has_failed()
        every_rule_has_run_and_none_has_failed()
        answers_are_found()
        everybody_can_sign_in()


def every_story_ended_as_told() -> None:
    cases = db.session.scalars(select(Case).order_by(Case.id)).all()
    wrong = []
    for story, case in zip(read.stories(), cases, strict=True):
        assert story.subject == case.subject
        seen = ended(case)
        differs = {name: seen[name] for name, told in story.ends.items() if seen[name] != told}
        if differs:
            wrong.append((story.key, differs))
    assert not wrong


def ended(case: Case) -> dict[str, object]:
    names = catalog()
    emails = {each["email"]: each["key"] for each in read.company()["staff"]}
    return {
        "status": names.statuses[case.status_id].key,
        "assignee": emails[case.assignee.email or ""] if case.assignee else None,
        "group": case.group.key if case.group else None,
        "line": case.line,
        "priority": case.priority,
        "type": case.type.key if case.type else None,
        "tags": case.tag_names,
    }


def every_row_is_the_fold_of_its_events() -> None:
    for case in db.session.scalars(select(Case)):
        rows = select(EventRecord).where(EventRecord.case_id == case.id).order_by(EventRecord.id)
        assert history.fold(list(db.session.scalars(rows))) == history.snapshot(case)


def all_mail_of_the_past_is_sent() -> None:
    states = db.session.scalars(select(OutboxItem.state).distinct()).all()
    assert states == [OutboxState.SENT]
    created = select(func.count()).where(OutboxItem.template == "rule")
    assert (db.session.scalar(created) or 0) > 80
    letter = db.session.scalars(
        select(OutboxItem)
        .where(OutboxItem.recipient == "mika@nordlight.example")
        .order_by(OutboxItem.id)
        .limit(1)
    ).one()
    assert letter.payload["subject"] == "We got your request No. 1005"
    assert letter.payload["text"].count("Hello Mika") == 1


def counters_have_fired_and_none_has_failed() -> None:
    assert count(CounterFiring) >= 15
    assert not db.session.scalars(select(Counter).where(Counter.failures > 0)).all()
    latest = db.session.scalar(select(func.max(CounterFiring.at)))
    assert latest is not None
    assert latest <= FRIDAY_NOON


def every_rule_has_run_and_none_has_failed() -> None:
    phrases = [node["value"] for rule in versions_in_force().values() for node in worded(rule)]
    assert len(phrases) == 6
    assert all(each["guard_negation"] for each in phrases)  # as the editor would draw it
    ran = db.session.scalars(select(RuleRun.rule_id).where(RuleRun.state == "done")).all()
    assert len(set(ran)) == 12
    assert not db.session.scalars(select(RuleRun).where(RuleRun.state.in_(("failed", "cut")))).all()


def worded(version: RuleVersion) -> list[dict[str, Any]]:
    found = conditions_in(root_of(version.definition))
    return [dict(node) for _path, node in found if node["op"] == "words"]


def answers_are_found() -> None:
    published = select(func.count()).where(Article.state == ArticleState.PUBLISHED)
    assert db.session.scalar(published) == 22
    for query, code, title in (
        ("терминал не печатает", "ru", "Терминал не печатает чек"),
        ("wrong address on my order", "en", "How to change the delivery address after ordering"),
    ):
        assert search.search_articles(query, locale=code).hits[0].title == title
    assert db.session.scalars(select(Attachment)).one().name == "log-0x41.txt"


def everybody_can_sign_in() -> None:
    known = sign_ins()
    assert len(known) == 9
    for name, _role, email, password in known[:2]:
        person = people.by_email(email)
        assert person is not None
        assert person.name == name
        assert people.sign_in(email, password, source="test") == person

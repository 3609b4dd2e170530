"""What is worth a picture: pages of the demo company, and what is done on them first."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from commands.pictures_routing import of_routing
from commands.shot import Before, Shot
from commands.terminal import Refusal
from core.bus import unit_of_work
from core.db import db
from desk import access, jobs, people
from desk.automation import library
from desk.automation.library import NewVersion
from desk.automation.replay import asked
from models import (
    Article,
    Case,
    Counter,
    CounterFiring,
    CounterPolicyVersion,
    CounterState,
    Rule,
    RuleRun,
)

AGENT, ADMIN = "masha@kurier.example", "anton@kurier.example"
# A draft that fights with triggers of the demo company.
DOUBTFUL = NewVersion(
    {
        "on": ["ticket_created"],
        "if": {"all": [{"field": "channel", "op": "is", "value": "portal"}]},
        "then": [{"do": "set_priority", "value": 1}],
        "run": "every",
    },
    "Обращение с портала → низкий приоритет",
    "Request from the portal → low priority",
)


def shots(app: Flask) -> list[Shot]:
    places = _places(app)
    ticket = places["ticket"]
    return [
        Shot("faq-home", "/ru/"),
        Shot("faq-home-dark-en", "/en/", locale="en", dark=True),
        Shot("search", "/ru/search?q=pflth;rf+ljcnfdrb"),
        Shot("article", places["article"], whole=True),
        Shot("article-phone", places["article"], phone=True),
        Shot("request-form", "/ru/contact", before=_typed("[name=subject]", "Посылка не пришла")),
        Shot("request-page", places["request"], whole=True),
        Shot("request-page-phone", places["request"], phone=True),
        Shot("workspace-list", "/agent/inbox/all", AGENT),
        Shot("workspace-list-dark", "/agent/inbox/all", AGENT, dark=True),
        Shot("ticket", ticket, AGENT),
        Shot("ticket-phone", ticket, AGENT, phone=True),
        Shot("ticket-why", ticket, ADMIN, before=_asked_why),
        *_of_triggers(app),
        *_of_time(app),
        *of_routing(app, ADMIN),
        Shot("knowledge-base", "/agent/kb", AGENT),
        Shot("outgoing-mail", "/admin/outgoing", ADMIN),
        Shot("ticket-en", ticket, AGENT, locale="en"),  # the last: it changes her settings
    ]


def _of_triggers(app: Flask) -> list[Shot]:
    rule, doubtful = _triggers(app)
    editor = f"/admin/triggers/{rule}"
    return [
        Shot("triggers", "/admin/triggers", ADMIN),
        Shot("triggers-phone-dark", "/admin/triggers", ADMIN, dark=True, phone=True),
        Shot("trigger-gallery", "/admin/triggers/gallery", ADMIN),
        Shot("trigger-editor", editor, ADMIN, before=_tried),
        Shot("trigger-editor-dark", editor, ADMIN, dark=True, before=_tried),
        Shot("trigger-editor-phone-dark", editor, ADMIN, dark=True, phone=True),
        Shot("trigger-matches", f"/admin/triggers/{doubtful}?tab=count", ADMIN),
        Shot("trigger-replay", f"{editor}?tab=replay", ADMIN),
        Shot("trigger-runs", f"{editor}?tab=runs", ADMIN),
        Shot("trigger-versions", f"{editor}?tab=versions", ADMIN),
        Shot("trigger-finding", f"/admin/triggers/{doubtful}", ADMIN, before=_unfolded),
    ]


def _of_time(app: Flask) -> list[Shot]:
    ticket, counter, office = _clock(app)
    calendar = f"/admin/calendars/{office}"
    return [
        Shot("time-bar", f"/agent/t/{ticket}?view=all", AGENT, before=_shown_how_counted),
        Shot("soon-late", "/agent/soon?hours=24", AGENT),
        Shot("soon-late-phone-dark", "/agent/soon?hours=24", AGENT, dark=True, phone=True),
        Shot("counters", "/admin/counters", ADMIN),
        Shot("counter-editor", f"/admin/counters/{counter}/edit", ADMIN, before=_counted(ticket)),
        Shot("calendar", calendar, ADMIN),
        Shot("calendar-year", calendar, ADMIN, before=_at_the_year),
    ]


def _shown_how_counted(page: Any) -> None:
    page.locator(".tb-more summary").click()


def _counted(ticket: int) -> Before:
    """What the draft would have counted on it."""

    def ask(page: Any) -> None:
        page.fill("[name=ticket]", str(ticket))
        page.locator("[name=ticket]").press("Enter")
        page.locator(".clock-run").first.wait_for()

    return ask


def _at_the_year(page: Any) -> None:
    page.locator(".year").evaluate("year => year.scrollIntoView()")


def _typed(selector: str, words: str) -> Before:
    def type_it(page: Any) -> None:
        page.fill(selector, words)
        page.locator(selector).blur()

    return type_it


def _tried(page: Any) -> None:
    """The trigger on a message that nobody has sent."""
    page.locator("#write summary").click()
    page.fill("[name=letter_subject]", "Посылка КР-88120")
    page.fill("[name=letter_text]", "Здравствуйте! Снова задержали доставку, ждём третий день.")
    page.click("#try-letter")
    page.locator(".verdict").wait_for()
    page.locator("#try-letter").blur()


def _asked_why(page: Any) -> None:
    """Why the ticket is as it is, with a trigger that did not act."""
    page.locator("a[aria-label='Почему?']").click()
    page.locator("#side.why details.not summary").first.click()


def _unfolded(page: Any) -> None:
    """The ticket that shows a finding."""
    page.locator(".lint-shown summary").first.click()


def _places(app: Flask) -> dict[str, str]:
    """Addresses of things worth showing: an article, and the ticket with most rules run on it."""
    with app.app_context(), unit_of_work(writes=False):
        told = (
            select(RuleRun.case_id)
            .join(Case, Case.id == RuleRun.case_id)
            .where(Case.is_open, Case.last_agent_at.is_not(None))
            .group_by(RuleRun.case_id)
            .order_by(db.func.count().desc(), RuleRun.case_id.desc())
        )
        case = db.session.get_one(Case, db.session.scalars(told).first())
        article = db.session.scalars(
            select(Article).where(Article.state == "published").order_by(Article.views.desc())
        ).first()
        if article is None:
            raise Refusal("the demo company is empty")
        return {
            "ticket": f"/agent/t/{case.number}?view=all",
            "article": f"/ru/a/{article.id}",
            "request": f"/r/{access.link_token(case)}",
        }


def _clock(app: Flask) -> tuple[int, int, int]:
    """An open ticket on which a counter fired most, that counter, and the calendar it counts by."""
    fired = (
        select(Counter.case_id, Counter.policy_id, CounterPolicyVersion.calendar_id)
        .join(CounterFiring, CounterFiring.counter_id == Counter.id)
        .join(Case, Case.id == Counter.case_id)
        .join(CounterPolicyVersion, CounterPolicyVersion.id == Counter.policy_version_id)
        .where(Case.is_open, Counter.state != CounterState.STOPPED)
        .group_by(Counter.id, CounterPolicyVersion.calendar_id)
        .order_by(db.func.count().desc(), Counter.case_id.desc())
    )
    with app.app_context(), unit_of_work(writes=False):
        row = db.session.execute(fired).first()
    if row is None:
        raise Refusal("the demo company is empty")
    return row[0], row[1], row[2]


def _triggers(app: Flask) -> tuple[int, int]:
    """A trigger with versions that was played over the past; a doubtful draft."""
    with app.app_context():
        with unit_of_work():
            rule = db.session.scalars(select(Rule).order_by(Rule.position).offset(6).limit(1)).one()
            admin = people.by_email(ADMIN)
            if admin is None:
                raise Refusal("the demo company is empty")
            first = library.version_of(rule).definition
            then = [*first["then"], {"do": "set_priority", "value": 3}]
            new = NewVersion({**first, "then": then}, rule.name_ru, rule.name_en, "Задержки важнее")
            version = library.save(rule, new, base=rule.version_number, by=admin)
            doubtful = library.create(DOUBTFUL, by=admin)
            asked.ask(
                version.definition,
                rule_id=rule.id,
                name=rule.name,
                days=30,
                zone="Europe/Moscow",
                by=admin,
            )
        while jobs.run_next():
            pass
        return rule.id, doubtful.id

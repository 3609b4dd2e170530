"""The page of the workspace: list, ticket and side panel, each read when a template wants it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from markupsafe import Markup

from blueprints.agent import rows
from blueprints.agent.blueprint import me
from blueprints.agent.rail import last_view
from core import web
from core.i18n import _
from core.text import words
from core.web import id_given
from desk import (
    conversation,
    deadlines,
    drafts,
    outbox,
    outgoing,
    outsiders,
    snoozing,
    views,
    watching,
)
from desk.access import visible_cases
from desk.catalog import catalog
from desk.opened import Opened, Unsent
from desk.passing.story import Story, story
from desk.passing.targets import Targets, targets
from desk.search import search_cases
from models import OutboxItem

TEMPLATE = "agent/workspace.html"
TABS = ("client", "fields", "history")
FOUND = 50
# What answers a request of htmx, by the id of the element that it will fill.
BLOCKS = {
    "list": ("list",),
    "more": ("more",),
    "ticket": ("ticket", "side", "row"),
    "writers": ("writers",),
    "composer": ("composer", "heading", "thread", "side", "row"),
    "thread": ("thread", "heading"),
    "earlier": ("earlier",),
    "side": ("side",),
    "events": ("events",),
}


class Workspace:
    """One view of one person, and the ticket that is open beside it, if any."""

    def __init__(self, view: views.View, case: Opened | None = None) -> None:
        self.view = view
        self.case = case
        self.words = catalog()
        self.query = request.args.get("q", "").strip()[:200]
        self.sort = view.sort(request.args.get("sort", ""))

    @property
    def title(self) -> str:
        return _("Search") if self.query else _(self.view.label)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to look for in what was typed."""
        return bool(words(self.query))

    @cached_property
    def page(self) -> views.Page:
        """The rows of the list: of the view, or what was searched for among all tickets."""
        if self.query:
            return views.Page(views.named(found(self.query), me()))
        cursor = request.args.get("cursor", "")
        return views.page(self.view, me(), sort=self.sort, cursor=cursor)

    @cached_property
    def row(self) -> views.Row | None:
        """The line of the open ticket, when it still belongs to some list."""
        assert self.case is not None  # noqa: S101 - asked for by the page of a ticket only
        return next(iter(views.named([self.case.id], me())), None)

    def line(self, row: views.Row, macro: rows.Draw, oob: bool = False) -> Markup:
        is_here = self.case is not None and row.id == self.case.id
        url = self.ticket_url(row.id)
        return rows.drawn(macro, row, self.words, url, is_here=is_here, oob=oob)

    @cached_property
    def thread(self) -> conversation.Thread:
        assert self.case is not None  # noqa: S101
        return conversation.thread(self.case.as_case, before=number("before"), start=number("from"))

    @property
    def seen(self) -> int:
        """The newest event on the whole page; its pieces leave that to the mark of the thread."""
        return 0 if web.is_fragment_request() else self.thread.last_event

    @property
    def is_watched(self) -> bool:
        """By the reader."""
        assert self.case is not None  # noqa: S101
        return me().id in watching.watchers(self.case.id)

    @cached_property
    def drafts(self) -> dict[str | None, Unsent]:
        assert self.case is not None  # noqa: S101
        return {draft.kind: draft for draft in self.case.drafts}

    @cached_property
    def writers(self) -> list[str]:
        """Names of the colleagues who are writing an answer just now."""
        assert self.case is not None  # noqa: S101
        staff = self.words.staff
        return [staff[each].name for each in self.case.writers if each in staff]

    @cached_property
    def recent(self) -> Sequence[Any]:
        assert self.case is not None  # noqa: S101
        return conversation.recent(self.case.as_case, me())

    @cached_property
    def history(self) -> list[conversation.Happening]:
        assert self.case is not None  # noqa: S101
        return conversation.history(self.case.as_case, before=number("before"))

    @cached_property
    def counters(self) -> Any:
        assert self.case is not None  # noqa: S101
        return deadlines.summary(self.case.as_case) if self.case.has_counters else []

    @cached_property
    def mails(self) -> list[tuple[OutboxItem, outgoing.Told]]:
        """What was written about the ticket, and what became of it."""
        assert self.case is not None  # noqa: S101
        return [(mail, outgoing.told(mail)) for mail in outbox.mails_of(self.case.as_case)]

    @cached_property
    def lost_mails(self) -> Sequence[Any]:
        assert self.case is not None  # noqa: S101
        if not self.case.has_lost_mails:
            return []
        if self.tab == "history":  # its mails are on the page anyway
            return [mail for mail, _told in self.mails if mail.is_lost_to(self.case.requester_id)]
        return outbox.lost_mails_of(self.case.as_case)

    @cached_property
    def passing(self) -> Story | None:
        """How the ticket travelled; None where it never did."""
        assert self.case is not None  # noqa: S101
        return story(self.case.as_case) if self.case.was_passed else None

    @cached_property
    def targets(self) -> Targets:
        assert self.case is not None  # noqa: S101
        return targets(self.case.as_case)

    @cached_property
    def questions(self) -> dict[int, outsiders.Asked]:
        """Those to outsiders, by the message that asks."""
        assert self.case is not None  # noqa: S101
        found = outsiders.questions_of(self.case.id) if self.case.asked_outside else ()
        return {each.question.message_id: each for each in found}

    @property
    def tab(self) -> str:
        asked = request.args.get("tab")
        return asked if asked in TABS else TABS[0]

    @property
    def compose(self) -> str:
        """Which text is being written: the one asked for, else the one that was begun."""
        asked = request.args.get("compose")
        if asked in (*drafts.KINDS, "outside"):
            return asked
        return "note" if set(self.drafts) == {"note"} else "reply"

    @cached_property
    def snoozes(self) -> list[snoozing.Preset]:
        return snoozing.presets()

    def list_url(self, **more: Any) -> str:
        return address(f"/agent/inbox/{self.view.key}", {**self._way(), "view": None, **more})

    def ticket_url(self, case_number: int, **more: Any) -> str:
        path = f"/agent/t/{case_number}"
        return address(path, {**self._way(), **more}) if more else path + self._query

    @cached_property
    def _query(self) -> str:
        return address("", self._way())

    def _way(self) -> dict[str, Any]:
        """What keeps the list as it is when a ticket is opened from it."""
        sort = None if self.sort == self.view.sorts[0] else self.sort
        return {"view": self.view.key, "sort": sort, "q": self.query or None}


def show(workspace: Workspace, *, status: int = 200, **context: Any) -> Response:
    """The whole page, or the pieces that htmx wants."""
    target = request.headers.get("HX-Target", "")
    blocks = BLOCKS.get(target, ())
    if target == "side" and workspace.tab == "fields":
        blocks = ("side", "heading")
    return web.page(
        TEMPLATE,
        *blocks,
        status=status,
        desk=workspace,
        case=workspace.case,
        words=workspace.words,
        is_older=target == "earlier",
        **context,
    )


def view_named(key: str | None) -> views.View:
    return views.VIEWS.get(key or "") or views.VIEWS[last_view()]


def found(query: str) -> list[int]:
    """Numbers of tickets: the one with this number, then those with these words."""
    given = id_given(query.lstrip("#№ "))
    numbers = [given] if given else []
    allowed = visible_cases(me())
    rest = search_cases(query, limit=FOUND, allowed=allowed)
    return list(dict.fromkeys([*numbers, *rest]))[:FOUND]


def number(name: str) -> int | None:
    """A positive number of the address, or None."""
    return id_given(request.args.get(name))


def address(path: str, arguments: dict[str, Any]) -> str:
    given = {name: value for name, value in arguments.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path

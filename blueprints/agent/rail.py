"""The rail of the workspace: views with their counts, how loaded one is, where live pages begin."""

from dataclasses import dataclass

from flask import g, request, session

from blueprints.agent.blueprint import me
from core.i18n import _
from desk import settings, views
from desk.dispatcher import Channel
from desk.notices import inbox
from desk.routing.limits import limits_of

LAST_VIEW = "view"  # of the session
KEYS = {
    "all": "KeyG KeyI",
    "mine": "KeyG KeyM",
    "unassigned": "KeyG KeyU",
    "group": "KeyG KeyQ",
    "snoozed": "KeyG KeyH",
    "solved": "KeyG KeyS",
}


@dataclass(frozen=True)
class Link:
    """A view as the rail shows it; `count` is said in words when it has reached the bound."""

    key: str
    name: str
    icon: str
    url: str
    count: str
    current: bool
    hot: bool = False


@dataclass(frozen=True)
class Load:
    """Tickets in work against the limit; a colleague may be given more than that."""

    taken: int
    limit: int

    @property
    def said(self) -> str:
        taken = bounded(self.taken)
        if self.taken > self.limit:
            return _("%(taken)s with a limit of %(limit)s", taken=taken, limit=self.limit)
        return _("%(taken)s of %(limit)s taken", taken=taken, limit=self.limit)


@dataclass(frozen=True)
class Rail:
    views: list[Link]
    counts: dict[str, int]
    load: Load | None
    last_event_id: int
    here: str | None
    stopped: bool  # all triggers, by the switch
    unread: str = ""  # notices; empty = none

    def count_of(self, view: str) -> str:
        return bounded(self.counts[view])


def rail() -> Rail:
    """One statement a request, asked when the first template wants it."""
    if "rail" not in g:
        tally = views.tally(me())
        here = _current()
        links = [
            Link(
                key=KEYS[view.key],
                name=_(view.label),
                icon=view.icon,
                url=f"/agent/inbox/{view.key}",
                count=bounded(tally.counts[view.key]),
                current=view.key == here,
            )
            for view in views.VIEWS.values()
        ]
        limit = limits_of(me())[Channel.TICKET].slots
        load = Load(tally.in_hand, limit) if limit else None
        g.rail = Rail(
            links,
            tally.counts,
            load,
            tally.last_event,
            here,
            settings.get("rules_stopped"),
            bounded_bell(tally.unread),
        )
    found: Rail = g.rail
    return found


def bounded(count: int) -> str:
    return f"{views.COUNTED}+" if count > views.COUNTED else str(count)


def bounded_bell(unread: int) -> str:
    """As the bell says it: empty for nothing."""
    return f"{inbox.COUNTED}+" if unread > inbox.COUNTED else str(unread or "")


def last_view() -> str:
    """Where the person worked last, or their own tickets."""
    known = session.get(LAST_VIEW)
    return known if known in views.VIEWS else "mine"


def _current() -> str | None:
    """The view on the page; a ticket shows the one it was opened from."""
    asked = request.args.get("current")
    if asked is not None:
        return asked
    if request.path.startswith("/agent/inbox/"):
        return request.path.removeprefix("/agent/inbox/")
    if request.path.startswith("/agent/t/"):
        return request.args.get("view") or last_view()
    return None

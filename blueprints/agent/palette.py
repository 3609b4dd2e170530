"""Everything by its name: what can be done to the open ticket, places, tickets."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import Response, request

from blueprints.agent import meanwhile
from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.rail import KEYS
from blueprints.agent.workspace import found, number
from core import web
from core.i18n import N_, _, locale, use_locale
from core.text import folded, stem, words
from desk import access, views
from desk.catalog import PRIORITY_NAMES, catalog
from models import Case

MOST = 8  # of a kind
PLACES = (
    (N_("New ticket"), "plus", "/agent/new", "KeyC", "workspace.enter"),
    (N_("Soon late"), "hourglass", "/agent/soon", "", "counters.read"),
    (N_("My settings"), "user", "/agent/me", "", "workspace.enter"),
    (N_("Notices"), "bell", "/agent/notices", "KeyG KeyN", "workspace.enter"),
    (N_("What I am told"), "bell", "/agent/me/notices", "", "workspace.enter"),
    (N_("Knowledge base"), "book-open", "/agent/kb", "", "articles.edit"),
    (N_("To read"), "book-open", "/agent/kb/reading", "", "workspace.enter"),
    (N_("Triggers"), "zap", "/admin/triggers", "", "rules.read"),
    (N_("Counters"), "timer", "/admin/counters", "", "counters.read"),
    (N_("Outgoing mail"), "mail", "/admin/outgoing", "", "outbox.read"),
    (N_("Settings"), "settings", "/admin/settings", "", "settings.edit"),
)


@dataclass(frozen=True)
class Item:
    """A line of the palette: a link, or with `sends` a form. Found by `names` in any language."""

    label: str
    icon: str
    url: str
    names: str = ""
    hint: str = ""
    key: str = ""
    sends: dict[str, str] = field(default_factory=dict)


@blueprint.get("/palette")
def palette() -> Response:
    query = request.args.get("q", "").strip()[:200]
    case = _open_case()
    groups = [
        (_("This ticket"), [one for one in _actions(case) if query and fits(query, one)]),
        (_("Go to"), [one for one in _places() if fits(query, one)]),
        (_("Tickets"), _tickets(query) if query else []),
    ]
    shown = [(name, items[:MOST]) for name, items in groups if items]
    return web.page("agent/palette.html", "found", groups=shown, query=query, case=case)


def fits(query: str, item: Item) -> bool:
    """Each word begins, or is another form of, a word of the item's names."""
    known = [folded(word) for word in words(f"{item.label} {item.names}")]
    stems = {stem(word) for word in known}
    return all(
        stem(word) in stems or any(name.startswith(folded(word)) for name in known)
        for word in words(query)
    )


def _open_case() -> Case | None:
    asked = number("case")
    return access.case_for(me(), asked, "case.work") if asked else None


def _actions(case: Case | None) -> Iterator[Item]:
    if case is None:
        return
    url, known = f"/agent/t/{case.number}", catalog()
    for status in known.statuses.values():
        if status.is_active and status.for_tickets and status.id != case.status_id:
            names = f"status статус {status.name_ru} {status.name_en}"
            label = _("Status: %(name)s", name=status.name)
            sends = meanwhile.setting(case, "status", status.id)
            yield Item(label, "circle-dot", f"{url}/status", names, sends=sends)
    for person in known.staff.values():
        if person.is_active and person.id != case.assignee_id:
            label = _("Assign: %(name)s", name=person.name)
            sends = meanwhile.setting(case, "assignee", person.id)
            yield Item(label, "user-plus", f"{url}/assign", "assign назначить", sends=sends)
    for group in known.groups.values():
        if group.id != case.group_id:
            names = f"group группа {group.name_ru} {group.name_en}"
            label = _("Group: %(name)s", name=group.name)
            sends = meanwhile.setting(case, "group", group.id)
            yield Item(label, "users", f"{url}/assign", names, sends=sends)
    for value, name in PRIORITY_NAMES.items():
        if value != case.priority:
            label = _("Priority: %(name)s", name=_(name))
            sends = meanwhile.setting(case, "priority", int(value))
            yield Item(label, "arrow-up", f"{url}/fields", f"priority {name}", sends=sends)


def _places() -> Iterator[Item]:
    for view in views.VIEWS.values():
        url = f"/agent/inbox/{view.key}"
        yield Item(_(view.label), view.icon, url, _in_both(view.label), key=KEYS[view.key])
    for name, icon, url, key, verb in PLACES:
        if access.may(me(), verb):
            yield Item(_(name), icon, url, _in_both(name), key=key)


def _in_both(message: str) -> str:
    with use_locale("en" if locale() == "ru" else "ru"):
        return _(message)


def _tickets(query: str) -> list[Item]:
    rows = views.named(found(query)[:MOST], me())
    return [
        Item(
            f"{row.id} {row.subject}",
            "inbox",
            f"/agent/t/{row.id}",
            hint=f"{row.requester}, {catalog().statuses[row.status_id].name}",
        )
        for row in rows
    ]

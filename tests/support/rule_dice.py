"""Rules and histories made up by dice: the same seed, the same desk."""

from random import Random
from typing import Any

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tags, tickets
from desk.catalog import catalog
from desk.dialogs import NewDialog, open_dialog
from desk.tickets import NewTicket
from models import Case, Client, Group, Staff
from tests.support.rules import cond, do, mail

TEXTS = (
    "Терминал не печатает чек",
    "Третий день жду доставку, курьер не звонит",
    "Спасибо, всё работает",
    "Верните деньги за посылку",
    "The parcel has not arrived",
)
TAGS = ("доставка", "деньги", "срочно")
EVENTS = (
    "ticket_created",
    "ticket_updated",
    "client_replied",
    "agent_replied",
    "note_added",
    "status_changed",
    "assignee_changed",
    "group_changed",
    "priority_changed",
    "tags_changed",
    "line_changed",
)


class Dice:
    """`people` = the staff that rules and histories may name."""

    def __init__(self, seed: int, people: list[Staff]) -> None:
        self.random = Random(seed)  # noqa: S311 - the same desk each time
        self.people = people

    def one(self, things: Any) -> Any:
        return self.random.choice(list(things))

    def status(self) -> int:
        fitting = [row.id for row in catalog().statuses.values() if row.for_tickets]
        return int(self.one(fitting))

    def person(self) -> int:
        return int(self.one(self.people).id)

    def condition(self) -> dict[str, Any]:
        chance = self.random.random
        made = (
            lambda: cond("status", self.one(["is", "is_not"]), self.status()),
            lambda: cond("status", self.one(["was", "became"]), [self.status()]),
            lambda: cond("status", "changed"),
            lambda: cond("status_category", "is", self.one(["new", "open", "pending", "solved"])),
            lambda: cond("priority", "any_of", self.random.sample([1, 2, 3, 4], 2)),
            lambda: cond("priority", "gt", self.random.randint(1, 3)),
            lambda: cond("line", "is", self.random.randint(1, 3)),
            lambda: cond("tags", self.one(["has_any", "has_none"]), [self.one(TAGS)]),
            lambda: cond("assignee", "empty" if chance() < 0.5 else "not_empty"),
            lambda: cond("assignee", "is", self.person()),
            lambda: cond("group", "is", self.one(catalog().groups)),
            lambda: cond("text", "contains", self.one(["жду", "чек", "деньги", "заметка"])),
            lambda: cond("text", "words", words(self.one(["доставка", "посылка", "работать"]))),
            lambda: cond("subject", "contains", "терминал"),
            lambda: cond("message_author", "is", self.one(["client", "staff", "rule"])),
            lambda: cond("hours_since_created", "gt", self.random.randint(1, 30)),
            lambda: cond("hours_since_client", "lt", self.random.randint(1, 30)),
            lambda: cond("company", "contains", "склад"),
        )
        found: dict[str, Any] = self.one(made)()
        return found

    def action(self) -> dict[str, Any]:
        made = (
            lambda: do("set_status", self.status()),
            lambda: do("set_priority", self.random.randint(1, 4)),
            lambda: do("assign_person", self.one([None, self.person()])),
            lambda: do("assign_group", self.one([None, *catalog().groups])),
            lambda: do("pass_to_line", self.random.randint(1, 3), reason="так надо"),
            lambda: do("add_tag", [self.one(TAGS)]),
            lambda: do("remove_tag", [self.one(TAGS)]),
            lambda: do("add_note", text="заметка о {{ ticket.subject }}: {{ status }}"),
            lambda: mail(self.one(["client", "assignee"]), text="Статус: {{ status }}"),
        )
        found: dict[str, Any] = self.one(made)()
        return found

    def rules(self, count: int) -> list[dict[str, Any]]:
        with bus.unit_of_work(writes=False):
            return [self.rule() for _at in range(count)]

    def rule(self) -> dict[str, Any]:
        """A definition: one or two events, up to three conditions, one or two actions."""
        conditions = [self.condition() for _at in range(self.random.randint(0, 3))]
        kind = self.one(["all", "all", "any", "none"])
        return {
            "on": self.random.sample(EVENTS, self.random.randint(1, 2)),
            "if": {kind if conditions else "all": conditions},
            "then": [self.action() for _at in range(self.random.randint(1, 2))],
            "run": self.one(["every", "every", "once", "once_per_status"]),
            "stop": self.random.random() < 0.15,
            "overwrite": self.random.random() < 0.3,
        }

    def history(self, client: Client, clock: Frozen, *, cases: int = 3, acts: int = 24) -> None:
        """Cases that people work on, with time between."""
        numbers = [self.begin(client) for _at in range(cases)]
        for _at in range(acts):
            clock.advance(minutes=self.random.randint(1, 400))
            with bus.unit_of_work():
                case = db.session.get_one(Case, self.one(numbers))
                for _turn in range(self.random.randint(1, 2)):
                    self.act(case, client)

    def begin(self, client: Client) -> int:
        with bus.unit_of_work():
            if self.random.random() < 0.2:
                talk = NewDialog(self.one(TEXTS)[:40], self.one(TEXTS))
                return open_dialog(talk, requester=client).id
            new = NewTicket(self.one(TEXTS), self.one(TEXTS), priority=self.random.randint(1, 4))
            return tickets.open_ticket(new, requester=client).id

    def act(self, case: Case, client: Client) -> None:
        by = self.one(self.people)
        done = (
            lambda: tickets.client_reply(case, self.one(TEXTS), by=client),
            lambda: tickets.client_reply(case, self.one(TEXTS), by=client),
            lambda: tickets.reply(case, self.one(TEXTS), by=by),
            lambda: tickets.add_note(case, self.one(TEXTS), by=by),
            lambda: tickets.change_status(case, self._status_for(case), by=by),
            lambda: tickets.set_priority(case, self.random.randint(1, 4), by=by),
            lambda: tickets.assign(case, self.one([None, by, *self.people]), by=by),
            lambda: tickets.assign_group(
                case, db.session.get(Group, self.one(catalog().groups)), by=by
            ),
            lambda: tags.add_tags(case, [self.one(TAGS)], by=by),
            lambda: tags.remove_tags(case, [self.one(TAGS)], by=by),
            lambda: tickets.pass_to_line(case, self.random.randint(1, 3), by=by),
        )
        self.one(done)()

    def _status_for(self, case: Case) -> int:
        rows = catalog().statuses.values()
        fitting = [
            r.id for r in rows if (r.for_tickets if case.kind == "ticket" else r.for_dialogs)
        ]
        return int(self.one(fitting))


def words(*phrases: str) -> dict[str, Any]:
    return {"phrases": list(phrases), "mode": "any", "within": 3, "guard_negation": True}

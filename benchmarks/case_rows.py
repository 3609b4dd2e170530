"""The rows of one case: nothing that a person could not have made. A case equals the fold of its
events, every message belongs to an event.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from desk.catalog import Catalog

SOLVED_OF_TEN = 6
MOST_TAGS = 3
TAGS = tuple(f"метка-{n:02}" for n in range(24))

Row = dict[str, Any]


class Picks:
    """What the dice choose from."""

    def __init__(
        self,
        dice: random.Random,
        texts: list[str],
        agents: list[int],
        clients: list[int],
        names: Catalog,
    ) -> None:
        self.dice, self.texts, self.agents, self.clients = dice, texts, agents, clients
        self.groups, self.types = list(names.groups), list(names.types)
        self.open = [s.id for s in names.statuses.values() if s.category in ("open", "pending")]
        self.solved = [s.id for s in names.statuses.values() if s.category == "solved"]
        self.new = next(s.id for s in names.statuses.values() if s.category == "new")
        self.category = {s.id: s.category for s in names.statuses.values()}
        self.tags = {tag.name: tag.id for tag in names.tags.values()}

    def some_tags(self) -> list[str]:
        """None to MOST_TAGS of them, in order."""
        return sorted(self.dice.sample(sorted(self.tags), self.dice.randrange(MOST_TAGS + 1)))


def case_row(number: int, at: datetime, picks: Picks) -> Row:
    dice = picks.dice
    agent = dice.choice(picks.agents) if dice.random() < 0.8 else None
    is_solved = agent is not None and dice.randrange(10) < SOLVED_OF_TEN
    status = dice.choice(picks.solved if is_solved else picks.open) if agent else picks.new
    last = at + timedelta(minutes=dice.randrange(5, 600))
    said = dice.choice(picks.texts)
    return {
        "id": number,
        "kind": "ticket",
        "subject": said[:120],
        "preview": said[:160],
        "channel": "portal",
        "locale": "ru",
        "direction_id": None,
        "requester_id": dice.choice(picks.clients),
        "status_id": status,
        "category": picks.category[status],
        "is_open": not is_solved,
        "assignee_id": agent,
        "group_id": dice.choice(picks.groups),
        "line": 1,
        "type_id": dice.choice(picks.types),
        "topic_id": None,
        "priority": dice.choice((1, 2, 2, 2, 3, 4)),
        "fields": {},
        "version": 4,
        "link_nonce": f"{number:016x}",
        "due_at": None,
        "created_at": at,
        "updated_at": last,
        "status_since": last,
        "last_client_at": at,
        "last_agent_at": last if agent else None,
        "first_answer_at": last if agent else None,
        "solved_at": last if is_solved else None,
    }


def conversation(case: Row, first: int, at: datetime, picks: Picks) -> Iterator[Row]:
    agent = case["assignee_id"] or picks.agents[0]
    parts = ((case["requester_id"], "public", True), (agent, "note", False))
    for n, (author, kind, inbound) in enumerate((*parts, (agent, "public", False))):
        yield {
            "id": first + n,
            "case_id": case["id"],
            "author_id": author,
            "kind": kind,
            "inbound": inbound,
            "channel": "portal",
            "text": picks.dice.choice(picks.texts),
            "quoted": "",
            "at": at + timedelta(minutes=n),
        }


def history(
    case: Row, first_message: int, at: datetime, picks: Picks, tags: list[str]
) -> Iterator[Row]:
    """Created with all but the status and assignee; then assigned, answered, put into a status."""
    agent = case["assignee_id"]
    actor = agent or picks.agents[0]
    steps: list[tuple[str, int, Row, Row]] = [
        (
            "ticket_created",
            case["requester_id"],
            {name: [None, value] for name, value in _beginning(case, picks, tags).items()},
            {"message": first_message},
        ),
        ("note_added", actor, {}, {"message": first_message + 1}),
    ]
    if agent:
        steps.append(("assignee_changed", actor, {"assignee": [None, agent]}, {}))
    steps.append(("agent_replied", actor, {}, {"message": first_message + 2}))
    if case["status_id"] != picks.new:
        steps.append(("status_changed", actor, {"status": [picks.new, case["status_id"]]}, {}))
    for n, (kind, who, changes, data) in enumerate(steps):
        yield {
            "at": at + timedelta(minutes=n),
            "kind": kind,
            "unit": f"{case['id']:x}-{n}",
            "case_id": case["id"],
            "actor_id": who,
            "depth": 0,
            "changes": changes,
            "data": data,
        }


def _beginning(case: Row, picks: Picks, tags: list[str]) -> Row:
    """The fields of a new case as its first event keeps them."""
    return {
        "status": picks.new,
        "assignee": None,
        "group": case["group_id"],
        "line": 1,
        "type": case["type_id"],
        "topic": None,
        "priority": case["priority"],
        "direction": None,
        "requester": case["requester_id"],
        "subject": case["subject"],
        "channel": "portal",
        "locale": "ru",
        "tags": tags,
    }

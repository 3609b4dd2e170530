"""Trying a rule on a message that nobody has written yet: a new ticket that is not made."""

from dataclasses import dataclass
from typing import Any

from core import clock
from desk.automation.definition import root_of
from desk.automation.evaluator import told as error_told
from desk.automation.facts import Facts
from desk.automation.fields.text import LIMIT
from desk.automation.memory import packed
from desk.automation.moment import Moment
from desk.automation.planning import plan_of
from desk.automation.ruleset import compiled_rule
from desk.automation.told import Told, told
from desk.automation.types import yes_or_no
from desk.automation.verdicts import Verdict, verdict
from desk.catalog import catalog
from models import Priority, StatusCategory


@dataclass(frozen=True)
class LetterTrial:
    """What the conditions find in the message, and what the rule would do to its ticket."""

    verdict: Verdict
    told: list[Told]
    error: str = ""

    @property
    def holds(self) -> bool:
        return self.verdict.holds


def try_letter(definition: dict[str, Any], subject: str, text: str) -> LetterTrial:
    """As if it came by mail from somebody new. Pure: nothing is written. Broken."""
    rule = compiled_rule(definition, 0, 0)
    facts = _facts(subject, text)
    asked = verdict(root_of(definition), rule.conditions, Moment(facts, {}, clock.now()))
    try:
        effects = plan_of(rule.actions, facts) if asked.holds else []
    except Exception as error:  # live it would be a failed run
        return LetterTrial(asked, [], error_told(error))
    kept = [packed(effect) | {"at": 0} for effect in effects]
    lines = [told([one], [effect.stored]) for one, effect in zip(kept, effects, strict=True)]
    return LetterTrial(asked, [line for each in lines for line in each])


def _facts(subject: str, text: str) -> Facts:
    now = clock.now()
    return Facts(
        {
            "subject": subject,
            "text": f"{subject}\n{text}"[:LIMIT],
            "message_length": len(text.strip()),
            "message_channel": "email",
            "message_kind": "public",
            "message_author": "client",
            "message_automatic": yes_or_no(False),
            "message_attachment": yes_or_no(False),
            "status": catalog().first_status(StatusCategory.NEW).id,
            "priority": int(Priority.NORMAL),
            "line": 1,
            "channel": "email",
            "tags": [],
            "client_category": [],
            "created_at": now,
            "status_since": now,
            "last_client_at": now,
        }
    )

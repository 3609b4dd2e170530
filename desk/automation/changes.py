"""Who changed which trigger, when and how: the audit of the automation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import db
from core.i18n import N_, _
from models import EventRecord

KINDS = ("rule_changed", "rule_switched_off", "settings_changed")
PAGE = 50
SAID = {
    "created": N_("made"),
    "saved": N_("saved"),
    "draft": N_("made a draft"),
    "shadow": N_("set to watching"),
    "on": N_("switched on"),
    "off": N_("switched off"),
    "moved": N_("moved in the order"),
    "deleted": N_("deleted"),
    "brought back": N_("brought back"),
    "retried": N_("an action done once more"),
}


@dataclass(frozen=True)
class Changed:
    """One change. `version` is the one that it made; 0 where it made none."""

    at: datetime
    who: str
    said: str
    rule_id: int | None = None
    name: str = ""
    version: int = 0


def recent(*, before: int | None = None) -> tuple[list[Changed], int | None]:
    """The newest changes, and where to go on when there are more."""
    query = (
        select(EventRecord)
        .where(EventRecord.kind.in_(KINDS))
        .options(joinedload(EventRecord.actor))
        .order_by(EventRecord.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(EventRecord.id < before)
    rows = list(db.session.scalars(query))
    told = [each for row in rows[:PAGE] if (each := _told(row)) is not None]
    return told, rows[PAGE - 1].id if len(rows) > PAGE else None


def _told(row: EventRecord) -> Changed | None:
    """None for settings that are not about triggers."""
    data: dict[str, Any] = row.data
    who = row.actor.name
    if row.kind == "settings_changed":
        if data.get("what") != "rules_stopped":
            return None
        said = _("All triggers are stopped.") if data["after"] else _("The triggers run again.")
        return Changed(row.at, who, said)
    rule_id, name = data.get("rule"), str(data.get("name", ""))
    if row.kind == "rule_switched_off":
        why = _("It was switched off after repeated failures: %(why)s", why=data.get("why", ""))
        return Changed(row.at, who, why, rule_id, name)
    what = str(data.get("what", ""))
    made = data.get("version", 0) if what in ("created", "saved") else 0
    return Changed(row.at, who, _(SAID.get(what, what)), rule_id, name, made)

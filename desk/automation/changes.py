"""Who changed which trigger, when and how, and what the product stopped: the audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import db
from core.i18n import LOCALES, N_, _, again, locale
from models import EventRecord, Rule

KINDS = ("rule_changed", "rule_switched_off", "rules_looped", "settings_changed")
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
    """One change. `version` is the one that it made; 0 where it made none.

    `rule_id` = None when it is about no trigger, or one that is gone altogether.
    """

    at: datetime
    who: str
    said: str
    rule_id: int | None = None
    name: str = ""
    version: int = 0


def named(rule: Rule) -> dict[str, Any]:
    """What it is called now, for the record."""
    return {"name": rule.name_ru or rule.name_en, "names": names_of(rule)}


def names_of(rule: Rule) -> dict[str, str]:
    return {code: getattr(rule, f"name_{code}") for code in LOCALES}


def of_versions(rule: Rule) -> dict[int, tuple[dict[str, str], str]]:
    """Names and state that the rule had with each version, the last ones; "" = nobody knows."""
    query = (
        select(EventRecord.data)
        .where(EventRecord.kind == "rule_changed", EventRecord.data["rule"].as_integer() == rule.id)
        .order_by(EventRecord.id)
    )
    found: dict[int, tuple[dict[str, str], str]] = {}
    for data in db.session.scalars(query):
        if data.get("what") != "retried":  # that changed nothing of the rule
            found[data["version"]] = data.get("names") or {}, data.get("state", "")
    return found


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
    there = _rules(row.data["rule"] for row in rows if "rule" in row.data)
    told = [each for row in rows[:PAGE] if (each := _told(row, there)) is not None]
    return told, rows[PAGE - 1].id if len(rows) > PAGE else None


def _rules(ids: Iterable[int]) -> dict[int, Rule]:
    """By their ids, deleted ones too."""
    return {rule.id: rule for rule in db.session.scalars(select(Rule).where(Rule.id.in_(set(ids))))}


def _told(row: EventRecord, rules: dict[int, Rule]) -> Changed | None:
    """None for settings that are not about triggers."""
    data: dict[str, Any] = row.data
    who = row.actor.name
    if row.kind == "settings_changed":
        if data.get("what") != "rules_stopped":
            return None
        said = _("All triggers are stopped.") if data["after"] else _("The triggers run again.")
        return Changed(row.at, who, said)
    rule = rules.get(data["rule"])
    name = _named(data, rule)
    what = str(data.get("what", ""))
    made = data.get("version", 0) if what in ("created", "saved") else 0
    return Changed(row.at, who, _said(row.kind, data), rule.id if rule else None, name, made)


def _named(data: dict[str, Any], rule: Rule | None) -> str:
    """As it was called then; what was recorded in one language only is told in the reader's."""
    then = str(data.get("name", ""))
    known = data.get("names") or {}
    if rule and not known and then in ("", rule.name_ru, rule.name_en):
        return rule.name
    return str(known.get(locale()) or then)


def _said(kind: str, data: dict[str, Any]) -> str:
    chain = " → ".join(one[locale()] or one["ru"] or one["en"] for one in data.get("chain", ()))
    if kind == "rules_looped":
        return _("triggers set each other off, the chain was stopped: %(chain)s", chain=chain)
    if kind == "rule_switched_off":
        why = data["why"]
        said = _("switched off by the product: %(why)s", why=again(why))
        return f"{said} ({chain})" if chain else said
    return _(SAID.get(data["what"], data["what"]))

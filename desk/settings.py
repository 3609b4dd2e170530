"""Settings that administrators change while the product runs."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from core.db import db
from desk import events, history, revision
from models import Participant, Setting

DEFAULTS: dict[str, Any] = {
    "company_name_ru": "Линия",
    "company_name_en": "Liniya",
    "calendar": "office",  # key of the calendar that promises are computed by
    "dialog_limit": 3,  # dialogs at once, of who has no own limit and no group with one
    "letters_off": [],  # see desk.letters.stored
    "notice_defaults": [],  # see desk.notices.choices
    "passing_needs": False,  # whether passing a ticket asks for tried, found, needed
    "pending_takes_slot": False,  # whether a case that waits for the client counts as work in hand
    "promise_minutes": 60,  # working minutes within which a client is promised an answer
    "rules_stopped": False,  # the global stop switch of triggers
    "search_by_meaning": True,  # see desk.search.meaning
    "support_email": "",
    "support_phone": "",
    "ticket_limit": 5,  # slots at once, see dialog_limit
    "type_triggers": {},  # see desk.team.type_triggers
    "wordings_taken_at": 3,  # people who said it, from which on it is taken unseen; 0 = never
    "zone": "",  # of people who have none of their own; empty = that of the calendar
}


def get(key: str) -> Any:
    """KeyError for a setting that does not exist."""
    return _kept()[key]


def put(key: str, value: Any) -> None:
    if key not in DEFAULTS:
        raise KeyError(key)
    row = db.session.get(Setting, key)
    if row is None:
        db.session.add(Setting(key=key, value={"value": value}))
    else:
        row.value = {"value": value}
    db.session.flush()
    revision.bump("settings")


def all_values() -> dict[str, Any]:
    """Every setting as it is in force."""
    return dict(_kept())


def hold() -> None:
    """Keep others from changing settings until the end of the unit."""
    revision.hold("settings")


def change(values: Mapping[str, Any], *, by: Participant) -> None:
    """Put what differs and say in the log what was changed. KeyError for an unknown setting."""
    before = all_values()
    new = {key: value for key, value in values.items() if before[key] != value}
    for key, value in new.items():
        put(key, value)
    if new:
        data = {"what": "settings", "before": {key: before[key] for key in new}, "after": new}
        history.record(events.SettingsChanged, by=by, data=data)


def _kept() -> Mapping[str, Any]:
    return revision.kept("settings", _load)


def _load() -> dict[str, Any]:
    stored = {row.key: row.value["value"] for row in db.session.scalars(select(Setting))}
    return {**DEFAULTS, **stored}

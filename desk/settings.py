"""Settings that administrators change while the product runs."""

from typing import Any

from sqlalchemy import select

from core.db import db
from desk import revision
from models import Setting

DEFAULTS: dict[str, Any] = {
    "company_name_ru": "Линия",
    "company_name_en": "Liniya",
    "calendar": "office",  # key of the calendar that promises are computed by
    "promise_minutes": 60,  # working minutes within which a client is promised an answer
    "rules_stopped": False,  # the global stop switch of triggers
    "support_email": "",
    "support_phone": "",
}


def get(key: str) -> Any:
    """KeyError for a setting that does not exist."""
    return {**DEFAULTS, **_stored()}[key]


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


def _stored() -> dict[str, Any]:
    return revision.kept("settings", _load)


def _load() -> dict[str, Any]:
    return {row.key: row.value["value"] for row in db.session.scalars(select(Setting))}

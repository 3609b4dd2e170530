"""What another program is told of a case and of what happened to it, as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from desk import events, mails
from desk.catalog import TABLE_OF_FIELD, catalog
from desk.history import COLUMNS, Cause
from models import Case

MOST_TEXT = 20_000  # characters


def body(case: Case, happened: Sequence[events.Event], cause: Cause, text: str) -> str:
    """Nothing of the messages and of the client but what stands in the text."""
    told: dict[str, Any] = {
        "ticket": _ticket(case),
        "event": _event(cause.event or next(iter(happened), None)),
        "trigger": cause.rule_id,
    }
    if text:
        told["text"] = text[:MOST_TEXT]
    return json.dumps(told, ensure_ascii=False)


def _ticket(case: Case) -> dict[str, Any]:
    """Rows of the company by their keys, which stay when somebody renames them."""
    own = {name: _value(name, getattr(case, column)) for name, column in COLUMNS.items()}
    del own["requester"]
    return {
        "number": case.number,
        "kind": case.kind,
        "link": mails.link_of(case, to_client=False),
        **own,
        "tags": sorted(case.tag_names or ()),
        "fields": case.fields,
        "created_at": case.created_at.isoformat(),
    }


def _event(event: events.Event | None) -> dict[str, Any] | None:
    if event is None:
        return None
    changes = {
        name: [_value(name, each) for each in pair]
        for name, pair in event.changes.items()
        if name != "requester"
    }
    return {"id": event.id, "kind": event.kind, "at": event.at.isoformat(), "changes": changes}


def _value(name: str, value: Any) -> Any:
    """The key of a row; a colleague goes by name."""
    table = TABLE_OF_FIELD.get(name)
    row = getattr(catalog(), table).get(value) if table and value is not None else None
    return value if row is None else getattr(row, "key", None) or row.name

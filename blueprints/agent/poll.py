"""What has happened since: for pages that have no event stream."""

from typing import Any

from flask import jsonify, request

from blueprints.agent.blueprint import blueprint, me
from desk import live


@blueprint.get("/poll")
def poll() -> Any:
    """Two statements when nothing is new."""
    after = position()
    event, notice = live.heads_for(me())
    events = [plain(each) for each in heard_since(after)] if event > after else []
    return jsonify(events=events, **({"notice": notice} if notice else {}))


def position() -> int:
    """Where the page stands: the browser's own note of it, else what the page was drawn with."""
    given = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else live.head()


def heard_since(after: int) -> list[live.Change]:
    who = me()
    return [change for change in live.since(after) if live.may_hear(who, change)]


def plain(change: live.Change) -> dict[str, Any]:
    return {"id": change.id, "case": change.case_id, "kind": change.kind}

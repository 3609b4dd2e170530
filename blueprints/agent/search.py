"""From a number or words to tickets."""

from flask import Response, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.workspace import address
from core.web import see_other
from desk import access
from desk.errors import NotFound


@blueprint.get("/search")
def search() -> Response:
    """A number that exists opens its ticket; anything else is a list."""
    query = request.args.get("q", "").strip()
    if query.isascii() and query.isdigit() and len(query) < 10 and _exists(int(query)):
        return see_other(f"/agent/t/{int(query)}")
    return see_other(address("/agent/inbox/all" if query else "/agent/palette", {"q": query}))


def _exists(number: int) -> bool:
    try:
        access.case_for(me(), number)
    except NotFound:
        return False
    return True

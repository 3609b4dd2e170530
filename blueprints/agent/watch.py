"""Watching a ticket that is somebody else's."""

from flask import Response, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.ticket import back, for_work
from blueprints.once import once
from desk import watching


@blueprint.post("/t/<int:number>/watch")
@once
def watch(number: int) -> Response:
    """`on` = 1 to watch it, else no more."""
    case = for_work(number, "case.read")
    (watching.watch if request.form.get("on") == "1" else watching.unwatch)(case, me())
    return back(number)

"""Lists of tickets."""

from flask import Response, make_response, render_template, session

from blueprints.agent.blueprint import blueprint
from blueprints.agent.rail import LAST_VIEW, last_view
from blueprints.agent.workspace import Workspace, show
from core.i18n import _
from core.web import is_fragment_request, see_other
from desk import views
from desk.errors import NotFound


@blueprint.get("/")
def home() -> Response:
    return see_other(f"/agent/inbox/{last_view()}")


@blueprint.get("/inbox/")
def inboxes() -> Response:
    return home()


@blueprint.get("/inbox/<key>")
def inbox(key: str) -> Response:
    view = views.VIEWS.get(key)
    if view is None:
        raise NotFound(_("There is no such list."))
    session[LAST_VIEW] = view.key
    return show(Workspace(view))


@blueprint.get("/views")
def rail_views() -> Response:
    """The views with their counts alone, for live pages."""
    if not is_fragment_request():
        return home()
    return make_response(render_template("layouts/_views.html"))

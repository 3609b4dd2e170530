"""Half-written texts, kept while they are typed."""

from flask import Response, request

from blueprints import unsent
from blueprints.agent.blueprint import blueprint, me
from core.clock import now
from core.i18n import _
from desk import access, drafts
from desk.errors import Forbidden


@blueprint.put("/t/<int:number>/draft")
def save_draft(number: int) -> Response:
    if unsent.is_anothers():
        raise Forbidden(_("Another person is signed in now."))
    case = access.case_for(me(), number, "case.work")
    kind = request.args.get("kind", "reply")
    drafts.save(case, me(), kind, request.form.get("text", ""))
    return Response(status=204, headers={"X-Saved-At": now().isoformat()})

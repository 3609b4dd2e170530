"""Half-written texts, kept while they are typed."""

from flask import Response, request

from blueprints.agent.blueprint import blueprint, me
from core.clock import now
from desk import access, drafts


@blueprint.put("/t/<int:number>/draft")
def save_draft(number: int) -> Response:
    case = access.case_for(me(), number, "case.work")
    kind = request.args.get("kind", "reply")
    drafts.save(case, me(), kind, request.form.get("text", ""))
    return Response(status=204, headers={"X-Saved-At": now().isoformat()})

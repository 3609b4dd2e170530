"""How many open tickets a trigger would match now, and how often it would have acted lately."""

from flask import Response, request
from flask_login import current_user

from blueprints.admin import trigger_form
from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from core.db import db
from core.web import page
from desk import access
from desk.automation import library
from desk.automation.definition import problems_in
from desk.automation.replay.lately import lately
from desk.automation.replay.matching import matching
from models import Case

NOW_MS = 330  # what there is time for while one writes
LATELY_MS = 120
NEWEST = 5


@blueprint.post("/triggers/count")
def count_trigger() -> Response:
    """Of the form as it is now; nothing is saved."""
    access.demand(current_user, "rules.read")
    number = request.form.get("rule", type=int)
    editor = trigger_form.from_form(library.rule_for(number) if number else None)
    template = "admin/replay/count.html"
    if problems_in(editor.definition):
        return page(template, "piece", now=None, past=None, newest=[])
    now = matching(editor.definition, NOW_MS)
    past = lately(editor.definition, number, LATELY_MS)
    return page(template, "piece", now=now, past=past, newest=_seen(now.newest))


count_trigger.only_reads = True  # type: ignore[attr-defined] # read by app.py: no write lock


def _seen(numbers: tuple[int, ...]) -> list[Case]:
    """Those of them that the reader may see, the newest first."""
    query = access.visible_cases(me()).where(Case.id.in_(numbers))
    return list(db.session.scalars(query.order_by(Case.id.desc()).limit(NEWEST)))

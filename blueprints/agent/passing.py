"""Passing a ticket on over lines and departments, and giving it back."""

from typing import Any

from flask import Response, request

from blueprints.agent import meanwhile
from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.ticket import back, for_work, refuse
from blueprints.once import once
from core.i18n import _
from desk import passing, settings
from desk.catalog import catalog
from desk.errors import Invalid
from desk.passing.story import Passed
from desk.passing.targets import chosen, label
from models import Case, Group


@blueprint.context_processor
def words_of_passing() -> dict[str, Any]:
    return {
        "passing_parts": passing.PARTS,
        "passing_needs": settings.get("passing_needs"),
        "passed_by": passed_by,
        "passed_way": passed_way,
        "passed_from": passed_from,
    }


def passed_by(came: Passed) -> str:
    """From where and by whom it came."""
    group = catalog().groups.get(came.from_group or 0)
    if came.is_within_line and group is not None:
        told = {"group": group.name, "who": came.who}
        if came.is_back:
            return _("Returned from the group “%(group)s” by %(who)s", **told)
        return _("Passed from the group “%(group)s” by %(who)s", **told)
    if came.is_back:
        return _("Returned from line %(line)s by %(who)s", line=came.from_line, who=came.who)
    return _("Passed from line %(line)s by %(who)s", line=came.from_line, who=came.who)


def passed_way(came: Passed) -> str:
    """Where it went."""
    group = catalog().groups.get(came.to_group or 0)
    if came.is_within_line and group is not None:
        if came.is_back:
            return _("returned to the group “%(group)s”", group=group.name)
        return _("passed to the group “%(group)s”", group=group.name)
    if came.is_back:
        return _("returned to line %(line)s", line=came.to_line)
    return _("passed to line %(line)s", line=came.to_line)


def passed_from(came: Passed, name: str) -> str:
    """Who would get it back: line, group, person."""
    group = catalog().groups.get(came.from_group or 0)
    line = _("line %(line)s", line=came.from_line)
    return ", ".join(filter(None, (line, group.name if group else "", name)))


@blueprint.post("/t/<int:number>/line")
@once
def pass_on(number: int) -> Response:
    """Up, down or aside, by what was chosen among `desk.passing.targets`."""
    case, form = for_work(number), request.form
    parts = {name: form.get(name, "") for name in passing.PARTS}
    try:
        line, group = chosen(form.get("line", ""))
        found = _overtaken(case, line, group)
        if found:
            return meanwhile.ask(number, found)
        reason = form.get("reason", "")
        passing.pass_on(case, by=me(), line=line, group=group, reason=reason, **parts)
    except Invalid as error:
        return refuse(number, error, "line")
    return back(number)


@blueprint.post("/t/<int:number>/line/back")
@once
def give_back(number: int) -> Response:
    case = for_work(number)
    found = meanwhile.changed_since(case, ("line", "group"), sent_as="line")
    if found:
        return meanwhile.ask(number, {**found, "words": _("Return")})
    try:
        passing.give_back(case, by=me(), reason=request.form.get("reason", ""))
    except Invalid as error:
        return refuse(number, error, "back")
    return back(number)


def _overtaken(case: Case, line: int | None, group: Group | None) -> dict[str, Any]:
    """Somebody else has passed or regrouped it since the page was drawn, and not to there."""
    if line == case.line and (group is None or group.id == case.group_id):
        return {}
    found = meanwhile.changed_since(case, ("line", "group"), sent_as="line")
    return found and {**found, "words": label(request.form.get("line", ""))}

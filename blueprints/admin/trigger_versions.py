"""Versions of a trigger side by side, one put in force again; who changed what."""

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import LIST, me
from blueprints.once import once
from core.i18n import _
from core.web import id_given, page, see_other
from desk import access
from desk.automation import changes, library
from desk.automation.compared import compared
from desk.automation.sentences import sentence_of
from desk.errors import NotFound


@blueprint.get("/triggers/<int:rule_id>/compare")
def compare_versions(rule_id: int) -> Response:
    access.demand(current_user, "rules.read")
    rule = library.rule_for(rule_id)
    versions = {version.number: version for version in library.versions_of(rule)}
    newer = id_given(request.args.get("new")) or rule.version_number
    older = id_given(request.args.get("old")) or max(newer - 1, 1)
    if newer not in versions or older not in versions:
        raise NotFound(_("There is no such version."))
    said = {number: sentence_of(version.definition) for number, version in versions.items()}
    return page(
        "admin/triggers/compare.html",
        rule=rule,
        versions=versions,
        sides=list(zip((older, newer), compared(said[older], said[newer]), strict=True)),
        editable=access.may(current_user, "rules.edit"),
    )


@blueprint.post("/triggers/<int:rule_id>/restore")
@once
def restore_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    rule = library.rule_for(rule_id, lock=True)
    number = request.form.get("number", 0, type=int)
    library.restore(rule, number, by=me())
    flash(_("Version %(n)s is in force again.", n=number))
    return see_other(f"{LIST}/{rule.id}?tab=versions")


@blueprint.get("/triggers/changes")
def trigger_changes() -> Response:
    access.demand(current_user, "rules.read")
    found, following = changes.recent(before=id_given(request.args.get("before")))
    return page("admin/triggers/changes.html", found=found, following=following)

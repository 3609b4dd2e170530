"""What is doubtful in a trigger, while it is being written."""

from flask import Response, request
from flask_login import current_user

from blueprints.admin import trigger_form
from blueprints.admin.blueprint import blueprint
from blueprints.admin.trigger_form import Editor
from core.i18n import _
from core.web import page
from desk import access
from desk.automation import library
from desk.automation.lint import Finding, stored


@blueprint.post("/triggers/findings")
def trigger_findings() -> Response:
    """The findings of the form as it is now; nothing is saved."""
    access.demand(current_user, "rules.read")
    number = request.form.get("rule", type=int)
    editor = trigger_form.from_form(library.rule_for(number) if number else None)
    return page("admin/triggers/_findings.html", findings=findings_of(editor))


def findings_of(editor: Editor) -> list[Finding]:
    name = editor.name_ru or editor.name_en or _("This trigger")
    return stored.of_draft(editor.definition, editor.rule, name=name)

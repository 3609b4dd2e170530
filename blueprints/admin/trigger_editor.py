"""One trigger: writing it as a sentence, trying it on a ticket, its versions and runs."""

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin import trigger_form, trigger_panel, trigger_pickers
from blueprints.admin.blueprint import blueprint
from blueprints.admin.trigger_findings import findings_of
from blueprints.admin.trigger_form import Editor
from blueprints.admin.trigger_versions import show_deleted
from blueprints.admin.triggers import LIST, STATES, me
from blueprints.once import once
from core.i18n import _
from core.web import page, see_other
from desk import access, settings
from desk.automation import draft, library, mass
from desk.automation.definition import problems_in
from desk.automation.library import BadRule, ChangedMeanwhile
from desk.automation.mass import MassEffect
from desk.catalog import catalog
from models import Rule, RuleState


@blueprint.get("/triggers/new")
def new_trigger() -> Response:
    access.demand(current_user, "rules.edit")
    return _show(trigger_form.blank(request.args.get("template", "")))


@blueprint.post("/triggers/new")
@once
def create_trigger() -> Response:
    access.demand(current_user, "rules.edit")
    editor = trigger_form.as_written(None)
    if editor.problems:
        return _show(editor, status=422)
    try:
        _ask_if_mass(editor)
        rule = library.create(editor.new_version, by=me(), state=editor.state)
    except BadRule as error:
        return _refused(editor, error)
    except MassEffect as error:
        return _asked(editor, error)
    flash(_saved(rule))
    return see_other(f"{LIST}/{rule.id}")


@blueprint.get("/triggers/<int:rule_id>")
def trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.read")
    rule = library.rule_for(rule_id, deleted=True)
    return _show(trigger_form.of_rule(rule)) if rule.deleted_at is None else show_deleted(rule)


@blueprint.post("/triggers/<int:rule_id>")
@once
def save_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    rule = library.rule_for(rule_id, lock=True)
    editor = trigger_form.as_written(rule)
    if editor.problems:
        return _show(editor, status=422)
    before = (rule.state, library.version_of(rule).definition)
    try:
        if before != (RuleState.ON, editor.definition):
            _ask_if_mass(editor)
        library.save(rule, editor.new_version, base=editor.base, by=me())
        library.set_state(rule, editor.state, by=me())
    except BadRule as error:
        return _refused(editor, error)
    except MassEffect as error:
        return _asked(editor, error)
    except ChangedMeanwhile:
        return _overtaken(editor, rule)
    flash(_saved(rule))
    if editor.is_state_kept:
        flash(_("Its state was changed in another place meanwhile, and stays so."))
    return see_other(f"{LIST}/{rule.id}")


@blueprint.post("/triggers/draw")
def draw_trigger() -> Response:
    """The form once more, with a row added, moved, changed, or tried on a ticket."""
    access.demand(current_user, "rules.read")
    number = request.form.get("rule", type=int)
    editor = trigger_form.as_written(library.rule_for(number) if number else None)
    status = 422 if editor.problems else 200
    command = request.form.get("do", "")
    if command == "say":
        return _show(editor, "sentence", status=status)
    if command in trigger_panel.TRIALS:
        trigger_panel.TRIALS[command](editor)
        return _show(editor, "panel", "sentence", tab="try", status=status)
    editor.at = draft.changed(editor.definition, command)
    return _show(editor, "parts", "sentence", status=status)


@blueprint.get("/triggers/draw")
def nothing_drawn() -> Response:
    """Reloading a form that was only drawn leads to the list; nothing of it was saved."""
    return see_other(LIST)


def _saved(rule: Rule) -> str:
    if rule.state == RuleState.ON:
        return _("Saved. The trigger works from now on.")
    if rule.state == RuleState.SHADOW:
        return _("Saved. The trigger watches and changes nothing.")
    return _("Saved. The trigger does not run.")


def _refused(editor: Editor, error: BadRule) -> Response:
    editor.problems = error.problems
    return _show(editor, status=422)


def _ask_if_mass(editor: Editor) -> None:
    """MassEffect when it is to work on a great many tickets and the number was not typed."""
    if editor.state == RuleState.ON and not problems_in(editor.definition):
        mass.demand(editor.definition, editor.typed, request.form.get("shown", ""))


def _asked(editor: Editor, error: MassEffect) -> Response:
    editor.reach = error.reach
    return _show(editor, status=422)


def _overtaken(editor: Editor, rule: Rule) -> Response:
    """What each of the two changed, side by side; saving once more is then a choice."""
    editor.overtake(rule)
    return _show(editor, status=409)


def _show(editor: Editor, *blocks: str, tab: str = "", status: int = 200) -> Response:
    asked = trigger_panel.chosen(tab or request.args.get("tab", ""), editor.rule)
    if not blocks and request.headers.get("HX-Target") == "panel":
        blocks = ("panel",)
    editable = access.may(current_user, "rules.edit")
    return page(
        "admin/triggers/editor.html",
        *blocks,
        status=status,
        editor=editor,
        rule=editor.rule,
        tab=asked,
        tabs=trigger_panel.tabs(editor.rule),
        fragments=trigger_panel.FRAGMENTS,
        editable=editable,
        states=STATES,
        pickers=trigger_pickers.pickers(
            draw=f"{LIST}/draw",
            target="#parts",
            problem=editor.problem,
            editable=editable,
            subject=editor.subject,
            is_hole=editor.is_hole,
        ),
        stopped=settings.get("rules_stopped"),
        findings=findings_of(editor) if not blocks else [],
        words=catalog(),
        **trigger_pickers.known(),
        **trigger_panel.shown(editor, asked),
    )

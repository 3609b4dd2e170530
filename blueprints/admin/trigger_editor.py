"""One trigger: writing it as a sentence, trying it on a ticket, its versions and runs."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin import trigger_form
from blueprints.admin.blueprint import blueprint
from blueprints.admin.trigger_form import Editor
from blueprints.admin.triggers import LIST, STATES, me
from blueprints.once import once
from core.db import db
from core.i18n import _
from core.web import page, see_other
from desk import access, settings
from desk.automation import draft, firings, library
from desk.automation.conditions import Broken
from desk.automation.library import BadRule, ChangedMeanwhile
from desk.automation.ruleset import ACTIVE
from desk.automation.sentences import sentence_of
from desk.automation.trial import try_on
from desk.automation.undoing import undo_each_other
from desk.catalog import catalog
from desk.errors import NotFound
from models import Case, Rule, RuleState

TABS = ("try", "runs", "versions")
LATEST = 20  # tickets that are offered for trying


@blueprint.get("/triggers/new")
def new_trigger() -> Response:
    access.demand(current_user, "rules.edit")
    return _show(trigger_form.blank())


@blueprint.post("/triggers/new")
@once
def create_trigger() -> Response:
    access.demand(current_user, "rules.edit")
    editor = trigger_form.from_form(None)
    try:
        rule = library.create(editor.new_version, by=me(), state=editor.state)
    except BadRule as error:
        return _refused(editor, error)
    flash(_saved(rule))
    return see_other(f"{LIST}/{rule.id}")


@blueprint.get("/triggers/<int:rule_id>")
def trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.read")
    return _show(trigger_form.of_rule(library.rule_for(rule_id)))


@blueprint.post("/triggers/<int:rule_id>")
@once
def save_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    rule = library.rule_for(rule_id, lock=True)
    editor = trigger_form.from_form(rule)
    try:
        library.save(rule, editor.new_version, base=editor.base, by=me())
        library.set_state(rule, editor.state, by=me())
    except BadRule as error:
        return _refused(editor, error)
    except ChangedMeanwhile:
        return _overtaken(editor, rule)
    flash(_saved(rule))
    return see_other(f"{LIST}/{rule.id}")


@blueprint.post("/triggers/draw")
def draw_trigger() -> Response:
    """The form once more, with a row added, moved, changed, or tried on a ticket."""
    access.demand(current_user, "rules.read")
    number = request.form.get("rule", type=int)
    editor = trigger_form.from_form(library.rule_for(number) if number else None)
    command = request.form.get("do", "")
    if command == "try":
        _try(editor)
        return _show(editor, "panel", "sentence", tab="try")
    draft.changed(editor.definition, command)
    return _show(editor, "parts", "sentence")


@blueprint.get("/triggers/draw")
def nothing_drawn() -> Response:
    """Reloading a form that was only drawn leads to the list; nothing of it was saved."""
    return see_other(LIST)


@blueprint.post("/triggers/<int:rule_id>/restore")
@once
def restore_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    rule = library.rule_for(rule_id, lock=True)
    number = request.form.get("number", 0, type=int)
    library.restore(rule, number, by=me())
    flash(_("Version %(n)s is in force again.", n=number))
    return see_other(f"{LIST}/{rule.id}?tab=versions")


def _try(editor: Editor) -> None:
    try:
        number = int(editor.case_number.lstrip("#№ ").partition(" ")[0] or 0)
        case = access.case_for(me(), number)
        editor.trial = try_on(editor.definition, case)
    except (ValueError, NotFound):
        editor.trial_problem = _("There is no ticket with this number.")
    except Broken:
        editor.problems = trigger_form.problems_in(editor.definition)
        editor.trial_problem = _("Finish the sentence first: a part of it is missing.")


def _saved(rule: Rule) -> str:
    if rule.state == RuleState.ON:
        return _("Saved. The trigger works from now on.")
    if rule.state == RuleState.SHADOW:
        return _("Saved. The trigger watches and changes nothing.")
    return _("Saved. The trigger does not run.")


def _refused(editor: Editor, error: BadRule) -> Response:
    editor.problems = error.problems
    return _show(editor, status=422)


def _overtaken(editor: Editor, rule: Rule) -> Response:
    """Both versions side by side; saving once more is then a choice."""
    editor.theirs = sentence_of(library.version_of(rule).definition)
    editor.base = rule.version_number
    return _show(editor, status=409)


def _show(editor: Editor, *blocks: str, tab: str = "", status: int = 200) -> Response:
    asked = tab or request.args.get("tab", "")
    if not blocks and request.headers.get("HX-Target") == "panel":
        blocks = ("panel",)
    editable = access.may(current_user, "rules.edit")
    return page(
        "admin/triggers/editor.html",
        *blocks,
        status=status,
        editor=editor,
        rule=editor.rule,
        tab=asked if asked in TABS else TABS[0],
        editable=editable,
        states=STATES,
        pickers=trigger_form.pickers(
            draw=f"{LIST}/draw", target="#parts", problem=editor.problem, editable=editable
        ),
        stopped=settings.get("rules_stopped"),
        undoing=_undoing(editor.rule) if not blocks else [],
        words=catalog(),
        **trigger_form.known(),
        **_of_panel(editor.rule, asked),
    )


def _undoing(rule: Rule | None) -> list[Rule]:
    """The running triggers that undo what this one does, and the other way round."""
    if rule is None:
        return []
    running = {each.id: each for each in library.rules() if each.state in ACTIVE}
    defined = library.versions_in_force()
    mine = defined[rule.id].definition
    return [
        each
        for each in running.values()
        if each.id != rule.id and undo_each_other(mine, defined[each.id].definition)
    ]


def _of_panel(rule: Rule | None, tab: str) -> dict[str, Any]:
    """What the right-hand side needs: of the tab that is open only."""
    known: dict[str, Any] = {}
    if rule is not None and tab == "runs":
        known["runs_of"], known["more"] = firings.runs_of(
            rule, before=request.args.get("before", type=int)
        )
    elif rule is not None and tab == "versions":
        known["versions"] = library.versions_of(rule)
    else:
        known["latest"] = _latest_cases()
    return known


def _latest_cases() -> list[Case]:
    query = access.visible_cases(me()).order_by(Case.id.desc()).limit(LATEST)
    return list(db.session.scalars(query))

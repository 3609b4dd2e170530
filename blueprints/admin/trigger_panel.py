"""The right-hand side of the editor: what would match, a trial, findings, runs, versions."""

from typing import Any

from flask import current_app, request

from blueprints.admin.trigger_form import Editor
from blueprints.admin.trigger_versions import with_changes
from blueprints.admin.triggers import me
from core.db import db
from core.i18n import N_, _
from core.web import id_given
from desk import access
from desk.automation import firings, gallery, letter_trial, library
from desk.automation.conditions import Broken
from desk.automation.definition import problems_in
from desk.automation.trial import try_on
from desk.errors import Invalid, NotFound
from models import Case, Rule

LATEST = 20  # tickets that are offered for trying
TABS = {
    "try": N_("Try"),
    "count": N_("Matches"),
    "replay": N_("Replay"),
    "runs": N_("Runs"),
    "versions": N_("Versions"),
}
OF_SAVED = ("runs", "versions")
OF_EDITORS = ("replay",)
# Tabs whose content another part of the program draws from the form: tab -> endpoint.
FRAGMENTS = {
    "count": "admin.count_trigger",
    "replay": "admin.replay_trigger",
}


def tabs(rule: Rule | None) -> dict[str, str]:
    """Those that there are for this trigger and this person."""
    known, editable = current_app.view_functions, access.may(me(), "rules.edit")
    return {
        key: name
        for key, name in TABS.items()
        if (rule or key not in OF_SAVED)
        and (editable or key not in OF_EDITORS)
        and (key not in FRAGMENTS or FRAGMENTS[key] in known)
    }


def chosen(asked: str, rule: Rule | None) -> str:
    return asked if asked in tabs(rule) else "try"


def shown(editor: Editor, tab: str) -> dict[str, Any]:
    """What the open tab needs, and no other."""
    rule = editor.rule
    if rule is not None and tab == "runs":
        found, more = firings.runs_of(rule, before=id_given(request.args.get("before")))
        return {"runs_of": found, "more": more}
    if rule is not None and tab == "versions":
        return {"versions": with_changes(library.versions_of(rule))}
    return {"latest": _latest_cases()} if tab == "try" else {}


def try_it(editor: Editor) -> None:
    """On the ticket whose number was given."""
    try:
        number = int(editor.case_number.lstrip("#№ ").partition(" ")[0] or 0)
        case = access.case_for(me(), number)
        editor.trial = try_on(editor.definition, case, editor.rule.id if editor.rule else 0)
    except (ValueError, NotFound):
        editor.trial_problem = _("There is no ticket with this number.")
    except Broken:
        _unfinished(editor)


def try_letter(editor: Editor) -> None:
    """On the message that was written for it."""
    try:
        editor.letter = letter_trial.try_letter(
            editor.definition, editor.letter_subject, editor.letter_text
        )
    except Invalid as error:
        editor.trial_problem = str(error)
    except Broken:
        _unfinished(editor)


def try_sample(editor: Editor) -> None:
    """On the sample of the template that it was made of."""
    template = gallery.template_named(editor.template)
    editor.proof = template.proof(editor.definition) if template else None
    if editor.proof is None:
        _unfinished(editor)


TRIALS = {"try": try_it, "letter": try_letter, "sample": try_sample}


def _unfinished(editor: Editor) -> None:
    editor.problems = problems_in(editor.definition)
    editor.trial_problem = _("Finish the sentence first: a part of it is missing.")


def _latest_cases() -> list[Case]:
    query = access.visible_cases(me()).order_by(Case.id.desc()).limit(LATEST)
    return list(db.session.scalars(query))

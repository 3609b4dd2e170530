"""What the rows of triggers and counters are drawn from, and what a trigger's page names."""

from collections.abc import Callable
from typing import Any

from core.i18n import N_
from desk.automation import draft, gallery
from desk.automation.actions import ACTIONS
from desk.automation.definition import GROUPS, RUNS, USUAL, all_event_kinds, event_kinds
from desk.automation.fields import all_fields, field_named
from desk.automation.marked import marked
from desk.automation.not_run import shown
from desk.automation.operator import Operator
from desk.automation.operators import operators_for
from desk.automation.placeholders import PLACEHOLDERS
from desk.automation.sentences import condition, sentence_of
from desk.automation.shapes.words import MODES
from desk.automation.subjects import DIALOG, TICKET

SECTIONS = {
    "ticket": N_("Ticket"),
    "message": N_("Message"),
    "client": N_("Client"),
    "time": N_("Time and counters"),
    "own": N_("Own fields"),
}

RUN_STATES = {
    "done": N_("done"),
    "failed": N_("failed"),
    "shadow": N_("only watched"),
    "skipped": N_("skipped"),
    "cut": N_("stopped"),
}


def pickers(
    *,
    draw: str,
    target: str,
    problem: Callable[[str], str],
    editable: bool,
    subject: str = TICKET,
    is_hole: Callable[[str], bool] = lambda where: False,
) -> dict[str, Any]:
    """What the macros of templates/ui/rules.html draw rows from; `draw` answers the form anew."""
    return {
        "subject": subject,
        "is_hole": is_hole,
        "draw": draw,
        "target": target,
        "problem": problem,
        "off": not editable,
        "sections": SECTIONS,
        "fields": all_fields(),
        "field_named": field_named,
        "operators_of": _operators_of,
        "actions": ACTIONS,
        "groups": GROUPS,
        "options_with": draft.options_with,
        "placeholders": PLACEHOLDERS,
        "word_modes": MODES,
    }


def _operators_of(key: str) -> dict[str, Operator]:
    field_ = field_named(key)
    if field_ is None:
        return {}
    return {each.key: each for each in operators_for(field_.type, has_history=field_.has_history)}


def known() -> dict[str, Any]:
    """What the page of a trigger shows, whatever its state."""
    return {
        "event_kinds": all_event_kinds(),
        "ticket_events": event_kinds(),
        "dialog_events": event_kinds(DIALOG),
        "usual_events": USUAL,
        "runs": RUNS,
        "actions": ACTIONS,
        "run_states": RUN_STATES,
        "said": condition,
        "shown": shown,
        "marked": marked,
        "template_named": gallery.template_named,
        "sentence_of": sentence_of,
    }

"""Asking the dispatcher for one case, be it in a group that hands nothing out by itself."""

from dataclasses import replace

from core import bus
from core.i18n import N_
from desk import history
from desk.routing import handing, works
from models import Case

ASKED = "dispatcher asked"  # note of the unit: ids of cases
PASSED_OVER = "passed over"  # note of the unit: {case: who had it and shall not have it again}
NO_GROUP = N_("the case is in no group")
TAKEN = N_("somebody works on it or it waits for nobody")
NOBODY_ELSE = N_("nobody else can take it")


def ask(case: Case) -> str:
    """It comes into the queue of its group at the end of the unit. Why not, untranslated; empty
    when it does."""
    if case.group_id is None:
        return NO_GROUP
    if not works.want(case):
        return TAKEN
    bus.unit().notes.setdefault(ASKED, set()).add(case.id)
    return ""


def ask_again(case: Case) -> str:
    """The same, and away from who has it, if somebody else could take it now."""
    had = case.assignee_id
    if had is None or case.group_id is None or not case.is_open:
        return ask(case)
    work = works.works_of([case.id])[0]
    others = replace(work, passed_over=frozenset([*work.passed_over, had]))
    if handing.decided(others).chosen is None:
        return NOBODY_ELSE
    pass_over(case, sorted(others.passed_over))
    history.change(case, assignee=None)
    return ask(case)


def pass_over(case: Case, people: list[int]) -> None:
    """When it comes into the queue in this unit, they do not get it."""
    bus.unit().notes.setdefault(PASSED_OVER, {})[case.id] = people

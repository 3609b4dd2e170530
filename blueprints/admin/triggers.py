"""The list of triggers: their order, states, firings, and the switch that stops them all."""

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin import trigger_sieve
from blueprints.admin.blueprint import blueprint
from blueprints.once import once
from core.i18n import _
from core.web import id_given, leave_to, page, see_other
from desk import access, settings
from desk.automation import firings, library, loops, mass
from desk.automation.beside import STATES
from desk.automation.definition import problems_in
from desk.automation.library import BadRule
from desk.automation.lint import Finding, stored
from desk.automation.loops import Loop
from desk.automation.mass import MassEffect
from desk.automation.ruleset import ACTIVE
from desk.automation.sentences import sentence_of
from desk.errors import Invalid
from models import Participant, Rule, RuleState, RuleVersion

LIST = "/admin/triggers"


def me() -> Participant:
    """The signed-in person as a row, not the proxy: verbs write it into other rows."""
    found: Participant = current_user._get_current_object()
    return found


class Line:
    """One trigger of the list."""

    def __init__(self, rule: Rule, version: RuleVersion, number: int) -> None:
        self.rule, self.version, self.number = rule, version, number
        self.findings: list[Finding] = []
        self.sentence = sentence_of(version.definition)
        self.problems = problems_in(version.definition)

    @property
    def definition(self) -> dict[str, object]:
        return self.version.definition

    def passes(self, sieve: trigger_sieve.Sieve) -> bool:
        doubtful = self.is_doubtful
        return sieve.lets(self.rule, self.sentence, self.definition, is_doubtful=doubtful)

    @property
    def runs(self) -> bool:
        return self.rule.state in ACTIVE and not self.problems

    @property
    def is_doubtful(self) -> bool:
        loud = any(not each.is_quiet for each in self.findings)
        return bool(self.problems or loud or self.rule.broken)


@blueprint.get("/triggers")
def triggers() -> Response:
    access.demand(current_user, "rules.read")
    return _list()


def _list() -> Response:
    versions = library.versions_in_force()
    lines = [
        Line(rule, versions[rule.id], number) for number, rule in enumerate(library.rules(), 1)
    ]
    found = stored.of_all()
    for line in lines:
        line.findings = found.get(line.rule.id, [])
    sieve = trigger_sieve.asked()
    return page(
        "admin/triggers/list.html",
        "rules",
        lines=[line for line in lines if line.passes(sieve)],
        sieve=sieve,
        events=trigger_sieve.events_among(line.definition for line in lines),
        fields=trigger_sieve.fields_among(line.definition for line in lines),
        doubtful=sum(line.is_doubtful for line in lines),
        moved=trigger_sieve.moved(line.rule for line in lines),
        firings=firings.of_last_days(),
        loops=_loops(lines),
        states=STATES,
        stopped=settings.get("rules_stopped"),
        switched_off=[line.rule for line in lines if line.rule.broken],
        editable=access.may(current_user, "rules.edit"),
        counted={state: sum(one.rule.state == state for one in lines) for state in RuleState},
        deleted=request.args.get("deleted", type=int),
    )


def _loops(lines: list[Line]) -> dict[int, Loop]:
    """What was stopped lately and can come again: all of its rules still run."""
    running = {line.rule.id for line in lines if line.runs}
    lately = loops.of_last_days()
    return {key: loop for key, loop in lately.items() if running.issuperset(loop.ids)}


@blueprint.post("/triggers/stop")
@once
def stop_triggers() -> Response:
    access.demand(current_user, "rules.edit")
    stopped = request.form.get("stopped") == "1"
    library.stop_all(stopped, by=me())
    flash(_("All triggers are stopped.") if stopped else _("The triggers run again."))
    return see_other(LIST)


@blueprint.post("/triggers/<int:rule_id>/state")
@once
def set_trigger_state(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    rule = library.rule_for(rule_id, lock=True)
    wanted = request.form.get("state", "")
    if wanted not in list(RuleState):
        raise Invalid(_("There is no such state."))
    try:
        if wanted == RuleState.ON and rule.state != RuleState.ON:
            typed, shown = (request.form.get(name, "") for name in ("typed", "shown"))
            mass.demand(library.version_of(rule).definition, typed, shown)
        library.set_state(rule, wanted, by=me())
    except MassEffect as error:
        return ask_for_number(library.version_of(rule), error, "state", {"state": wanted}, LIST)
    except BadRule as error:
        flash(_("It can't be switched on: %(why)s", why=error), "error")
        return leave_to(f"{LIST}/{rule.id}")
    return see_other(LIST)


def ask_for_number(
    version: RuleVersion, error: MassEffect, verb: str, sent: dict[str, object], leave: str
) -> Response:
    """Nothing happens until the number is typed; then `verb` of the trigger gets `sent` again."""
    return page(
        "admin/triggers/confirm.html",
        "rules",
        status=422,
        rule=version.rule,
        reach=error.reach,
        problem=str(error) if "typed" in request.form else "",
        sentence=sentence_of(version.definition),
        verb=verb,
        sent=sent,
        leave=leave,
    )


@blueprint.post("/triggers/<int:rule_id>/move")
@once
def move_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    rule = library.rule_for(rule_id, lock=True)
    before = library.place_of(rule)
    to = request.form.get("to", "")
    places = {"up": -1, "down": 1}.get(to) or (id_given(to) or before) - before
    has_moved = library.move(rule, places, by=me())
    if not has_moved or "undo" in request.form:  # to take back what was taken back is no undo
        return see_other(LIST)
    return see_other(f"{LIST}?moved={rule.id}&from={before}")


@blueprint.post("/triggers/<int:rule_id>/duplicate")
@once
def duplicate_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    copy = library.duplicate(library.rule_for(rule_id, lock=True), by=me())
    flash(_("Here is the copy. It is a draft until you switch it on."))
    return see_other(f"{LIST}/{copy.id}")


@blueprint.post("/triggers/<int:rule_id>/delete")
@once
def delete_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    library.delete(library.rule_for(rule_id, lock=True), by=me())
    return see_other(f"{LIST}?deleted={rule_id}")


@blueprint.post("/triggers/<int:rule_id>/undelete")
@once
def undelete_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    rule = library.undelete(rule_id, by=me())
    flash(_("“%(name)s” is back, switched off.", name=rule.name))
    return see_other(LIST)

"""What rules would do to a made-up ticket, and what rules hear of that: asked of `evaluate`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from desk import events
from desk.automation.actions import ACTIONS
from desk.automation.decision import LOOP, Run
from desk.automation.evaluator import evaluate
from desk.automation.facts import Facts
from desk.automation.fields import FIELDS
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State, event_of
from desk.automation.lint.writes import kind_of_change, said
from desk.automation.moment import Occurrence, occurrence_of
from desk.automation.planning import MAX_DEPTH
from desk.automation.ruleset import CompiledSet
from desk.automation.templates import MARK

# What belongs to a message or counter is not there when rules hear of what rules did.
_LASTING = ("text", "subject")


@dataclass
class Story:
    """All runs in their order, the fields at the end, the rules that came round again."""

    facts: Facts
    runs: list[Run] = field(default_factory=list)
    loop: tuple[int, ...] = ()
    links: int = 0

    def ran(self, rule_id: int) -> list[Run]:
        return [run for run in self.runs if run.rule.id == rule_id and run.state == "done"]

    def changed_by(self, rule_id: int) -> set[str]:
        return {name for run in self.ran(rule_id) for name in run.changes}


def set_of(rules: Iterable[Ruled]) -> CompiledSet:
    """As they stand in the order."""
    return CompiledSet(tuple(each.compiled for each in sorted(rules, key=_place)))


def _place(rule: Ruled) -> int:
    return rule.place


def first_pass(rules: CompiledSet, state: State) -> Story:
    """What they do to the ticket before anything hears of that."""
    decision = evaluate(rules, Facts(state.facts), state.occurrence, state.now)
    return Story(decision.moment.facts, decision.runs)


def story(rules: CompiledSet, state: State) -> Story:
    """The whole chain, up to the rule that is stopped because it has acted in it already."""
    told, facts, occurrence = Story(Facts()), Facts(state.facts), state.occurrence
    for _link in range(MAX_DEPTH + 1):
        decision = evaluate(rules, facts, occurrence, state.now)
        told.runs += decision.runs
        told.links += 1
        told.facts = facts = _kept_facts(decision.moment.facts)
        facts["text"] = _noted(decision.runs) or state.facts.get("text")
        ran = {run.rule.id: state.now for run in decision.runs if run.state == "done"}
        facts["last_runs"] = {**(facts["last_runs"] or {}), **ran}
        cut = next((run for run in decision.runs if run.error == LOOP), None)
        if cut is not None:
            told.loop = cut.chain
            break
        happened = [each for run in decision.runs for each in _events(run)]
        if not happened:
            break
        occurrence = _next(happened, occurrence, decision.acted)
    return told


def _next(happened: list[events.Event], before: Occurrence, acted: set[int]) -> Occurrence:
    return occurrence_of(happened, before.set_by_person, before.subject, acted=before.acted | acted)


def _events(run: Run) -> list[events.Event]:
    if run.state != "done":
        return []
    chain = (*run.chain, run.rule.id)
    found = []
    for effect in run.effects:
        if effect.acts:
            pairs = effect.changes.items()
            found += [event_of(kind_of_change(n), {n: p}, chain=chain) for n, p in pairs]
            tells = ACTIONS[effect.stored["do"]].tells
            found += [event_of(kind, {}, {"message": 1}, chain=chain) for kind in tells]
    return found


def _noted(runs: Iterable[Run]) -> str:
    """The note that rules hear of next; of what a placeholder will be nothing is known."""
    notes = [
        text
        for run in runs
        if run.state == "done"
        for effect in run.effects
        if effect.acts
        for kind in ACTIONS[effect.stored["do"]].tells
        if (text := said(kind, effect.stored)) is not None
    ]
    return MARK.sub("…", notes[-1]) if notes else ""


def _kept_facts(facts: Facts) -> Facts:
    passing = {
        name
        for name in facts
        if name == "counter"
        or (name in FIELDS and FIELDS[name].section == "message" and name not in _LASTING)
    }
    return Facts({name: value for name, value in facts.items() if name not in passing})

"""What a rule would do: its actions against the facts, and what stands in their way."""

from collections.abc import Mapping, Sequence
from typing import Any

from desk import events
from desk.automation.actions import ACTIONS
from desk.automation.decision import GONE, LOOP, SET_BY_PERSON, TOO_DEEP, Effect, Run
from desk.automation.definition import action_gone
from desk.automation.facts import Facts, facts_from
from desk.automation.moment import Occurrence
from desk.automation.ruleset import CompiledRule
from desk.automation.subjects import kinds_of

MAX_DEPTH = 10


def planned(rule: CompiledRule, facts: Facts, occurrence: Occurrence) -> Run:
    """What the rule would do now; without effects when all is so already."""
    return run_of(rule, wanted(rule, facts, occurrence), occurrence)


def wanted(rule: CompiledRule, facts: Facts, occurrence: Occurrence) -> tuple[Effect, ...]:
    """Its actions that would change something, or that leave the case."""
    protected = () if rule.overwrite else occurrence.set_by_person
    found = _effects(rule.actions, facts, protected)
    return tuple(found) if found else ()


def run_of(rule: CompiledRule, effects: tuple[Effect, ...], occurrence: Occurrence) -> Run:
    """What becomes of them: done, watched, or cut where the rule has led to what it hears."""
    if all(each.skipped for each in effects):
        return Run(rule, effects, "skipped")
    trigger = _trigger(rule, occurrence)
    if trigger is None and occurrence.events:
        return _looped(Run(rule, effects, "cut", LOOP), occurrence)
    if trigger is not None and trigger.depth >= MAX_DEPTH:
        return Run(rule, effects, "cut", TOO_DEEP, trigger, chain=trigger.chain)
    return Run(rule, effects, "shadow" if rule.is_shadow else "done", trigger=trigger)


def _looped(run: Run, occurrence: Occurrence) -> Run:
    """Cut, with the rules from its own first turn on, and whether it undoes the last of them."""
    heard = (one for one in occurrence.events if _listens(run.rule, one, occurrence.subject))
    chains = [event.chain for event in heard]
    chain = chains[0][chains[0].index(run.rule.id) :] if chains else ()
    changes = (each.changes.items() for each in run.effects if each.acts)
    undoes = any(
        occurrence.changes.get(name) == (after, before)
        for pairs in changes
        for name, (before, after) in pairs
    )
    return run._replace(chain=chain, undoes=undoes)


def plan_of(actions: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]) -> list[Effect]:
    """What a list of actions would do by itself, one after the other."""
    return _effects(actions, facts_from(facts), ())


def _effects(
    actions: Sequence[Mapping[str, Any]], facts: Facts, protected: frozenset[str] | tuple[str, ...]
) -> list[Effect]:
    # each action sees what the one before it planned
    ahead = Facts(source=facts.__getitem__) if len(actions) > 1 else facts
    found = []
    for at, stored in enumerate(actions):
        action = ACTIONS[stored["do"]]
        if action.references and action_gone(action, stored):
            found.append(Effect(at, stored, skipped=GONE))
            continue
        after = action.plan(stored, ahead)
        changes = {n: (ahead[n], value) for n, value in after.items() if ahead[n] != value}
        if protected and action.overwrites and any(name in protected for name in changes):
            found.append(Effect(at, stored, changes, skipped=SET_BY_PERSON))
        elif changes or action.leaves:
            if ahead is not facts:
                ahead.update(after)
            found.append(Effect(at, stored, changes))
    return found


def _trigger(rule: CompiledRule, occurrence: Occurrence) -> events.Event | None:
    """The first event it listens to that it did not itself lead to."""
    for event in occurrence.events:
        if rule.id not in event.chain and _listens(rule, event, occurrence.subject):
            return event
    return None


def _listens(rule: CompiledRule, event: events.Event, subject: str) -> bool:
    return any(kind in rule.kinds for kind in kinds_of(event, subject))

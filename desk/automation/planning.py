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


def has_acted(rule: CompiledRule, occurrence: Occurrence) -> bool:
    """It has had its turn, and did not itself lead to what it hears now."""
    return rule.id in occurrence.acted and _own(rule, _heard(rule, occurrence)) is None


def run_of(
    rule: CompiledRule,
    effects: tuple[Effect, ...],
    occurrence: Occurrence,
    before: Sequence[Run] = (),
) -> Run:
    """What becomes of them: done, watched, or cut where the rule has led to what it hears.

    `before` = what the rules above it did at the same time.
    """
    if all(each.skipped for each in effects):
        return Run(rule, effects, "skipped")
    heard = _heard(rule, occurrence)
    trigger = next((event for event in heard if rule.id not in event.chain), None)
    own = _own(rule, heard)
    if own is not None and (trigger is None or rule.id in occurrence.acted):
        return _looped(Run(rule, effects, "cut", LOOP), own.chain, occurrence)
    chain = _led_by(rule, effects, trigger.chain if trigger else (), before)
    if trigger is not None and trigger.depth >= MAX_DEPTH:
        return Run(rule, effects, "cut", TOO_DEEP, trigger, chain=chain)
    return Run(rule, effects, "shadow" if rule.is_shadow else "done", trigger=trigger, chain=chain)


def _led_by(
    rule: CompiledRule, effects: Sequence[Effect], told: tuple[int, ...], before: Sequence[Run]
) -> tuple[int, ...]:
    """Those that led to the event, and those whose changes of just now it looks at or undoes."""
    touched = {each.field for each in rule.conditions.values()}
    touched.update(name for each in effects if each.acts for name in each.changes)
    led = list(told)
    for run in before:
        if run.state == "done" and not touched.isdisjoint(run.changes):
            led += (*run.chain, run.rule.id)
    return tuple(dict.fromkeys(led))


def _looped(run: Run, chain: tuple[int, ...], occurrence: Occurrence) -> Run:
    """Cut, with the rules from its own first turn on, and whether it undoes the last of them."""
    changes = (each.changes.items() for each in run.effects if each.acts)
    undoes = any(
        occurrence.changes.get(name) == (after, before)
        for pairs in changes
        for name, (before, after) in pairs
    )
    return run._replace(chain=chain[chain.index(run.rule.id) :], undoes=undoes)


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
        elif changes and (why := action.hindered(after)):
            found.append(Effect(at, stored, changes, skipped=why))
        elif changes or action.leaves:
            if ahead is not facts:
                ahead.update(after)
            found.append(Effect(at, stored, changes))
    return found


def _heard(rule: CompiledRule, occurrence: Occurrence) -> list[events.Event]:
    subject = occurrence.subject
    return [one for one in occurrence.events if not rule.kinds.isdisjoint(kinds_of(one, subject))]


def _own(rule: CompiledRule, heard: Sequence[events.Event]) -> events.Event | None:
    """The first of the events that the rule itself led to."""
    return next((event for event in heard if rule.id in event.chain), None)

"""The one function that decides what rules do; live, try, replay and explain all call it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from desk.automation.action import Stored
from desk.automation.decision import (
    ACTED,
    ONCE,
    SO_ALREADY,
    STOPPED_BY,
    Decision,
    Effect,
    Miss,
    Run,
)
from desk.automation.facts import facts_from
from desk.automation.moment import Moment, Occurrence
from desk.automation.planning import has_acted, run_of, wanted
from desk.automation.ruleset import CompiledRule, CompiledSet
from desk.automation.scan import Failed
from desk.errors import kept

# Carries a run out and gives it back as it went; the evaluator itself changes nothing.
Apply = Callable[[Run], Run]


def evaluate(
    ruleset: CompiledSet,
    facts: Mapping[str, Any],
    occurrence: Occurrence,
    now: datetime,
    apply: Apply | None = None,
) -> Decision:
    """Ask the rules in order; each sees what those before it did. Pure when `apply` is None."""
    decision = Decision(Moment(facts_from(facts), occurrence.changes, now))
    turns = _Turns(ruleset, occurrence, decision)
    listening, at = turns.listening, 0
    while (at := turns.next(at)) < len(listening):
        rule = listening[at]
        at += 1
        try:
            turns.take(rule, apply)
        except Exception as error:  # a rule that can't even be asked is named like one that fails
            decision.runs.append(_failed(rule, error, rule.actions))
            continue
        if rule.stop and not rule.is_shadow:
            decision.noted += [Miss(each, f"{STOPPED_BY}{rule.id}") for each in listening[at:]]
            break
    return decision


def _failed(rule: CompiledRule, error: Exception, undone: Sequence[Stored]) -> Run:
    """With all that is left to do; nothing where it is not even known whether the rule holds."""
    effects = tuple(Effect(at, stored) for at, stored in enumerate(undone))
    return Run(rule, effects, "failed", kept(error))


class _Turns:
    """Whose turn it is, and what there is to do for it."""

    def __init__(self, rules: CompiledSet, occurrence: Occurrence, decision: Decision) -> None:
        self.listening = rules.listening(occurrence.kinds)
        self._scan = rules.scan(occurrence.kinds)
        self._occurrence = occurrence
        self._decision = decision
        self._wanted: tuple[Effect, ...] = ()  # by the rule whose turn it is

    def next(self, at: int) -> int:
        """The place of the next rule that may act; those that do not are noted."""
        noted = self._decision.noted
        before = len(noted)
        try:
            return self._scan(self._decision.moment, at, noted.append, self._is_idle)
        except Exception:  # one of them can't be asked: ask them one by one to name it
            del noted[before:]
        return self._next_one_by_one(at)

    def _next_one_by_one(self, at: int) -> int:
        decision = self._decision
        for place in range(at, len(self.listening)):
            rule = self.listening[place]
            undone: Sequence[Stored] = ()
            try:
                failed = rule.check(decision.moment)
                undone = rule.actions
                if failed is None and not self._is_idle(place):
                    return place
            except Exception as error:  # this one is named, the others are asked
                decision.runs.append(_failed(rule, error, undone))
                continue
            if failed is not None:
                decision.noted.append(Failed(rule, failed))
        return len(self.listening)

    def _is_idle(self, at: int) -> bool:
        """The conditions hold: whether that leaves all as it is, for the rules after it too."""
        rule, moment = self.listening[at], self._decision.moment
        if ran_already(rule, moment):
            self._decision.noted.append(Miss(rule, ONCE))
            return True
        self._wanted = wanted(rule, moment.facts, self._occurrence)
        acted = bool(self._wanted) and has_acted(rule, self._occurrence)
        if self._wanted and not acted:
            return False
        self._wanted = ()
        self._decision.noted.append(Miss(rule, ACTED if acted else SO_ALREADY))
        return not rule.stop or rule.is_shadow

    def take(self, rule: CompiledRule, apply: Apply | None) -> None:
        """Do what there is to do."""
        if not self._wanted:
            return
        run = run_of(rule, self._wanted, self._occurrence, self._decision.runs)
        if run.state == "done" and apply:
            run = apply(run)
        self._decision.runs.append(run)
        if run.state == "done":
            self._decision.take_over(run.changes)


def ran_already(rule: CompiledRule, moment: Moment) -> bool:
    """Whether it has had its one run, for one that does not run every time."""
    if rule.run == "every":
        return False
    last = (moment.facts["last_runs"] or {}).get(rule.id)
    if last is None or rule.run == "once":
        return last is not None
    since = moment.facts["status_since"]
    return since is None or last >= since

"""The one function that decides what rules do; live, try, replay and explain all call it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from core.i18n import N_
from desk import events
from desk.automation.action import Receipts
from desk.automation.actions import ACTIONS
from desk.automation.definition import action_gone
from desk.automation.facts import Facts, facts_from
from desk.automation.moment import Moment, Occurrence
from desk.automation.ruleset import CompiledRule, CompiledSet
from desk.automation.scan import Failed, Scan
from desk.automation.subjects import kinds_of

MAX_DEPTH = 10

SET_BY_PERSON = N_("skipped: set by a person")
GONE = N_("skipped: it names something that has been removed")
LOOP = N_("stopped: loop")
TOO_DEEP = N_("stopped: too long a chain")

# Why a rule that listens had no effect, where it is not a condition that failed.
SO_ALREADY = "="
ONCE = "once"
STOPPED_BY = "stop:"  # and the id of the rule that said so


@dataclass(frozen=True)
class Effect:
    """One action of a rule: what it changes, {field: (before, after)}, or why it is left undone."""

    at: int
    stored: Mapping[str, Any]
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    skipped: str = ""
    receipts: Receipts = ()

    @property
    def acts(self) -> bool:
        return not self.skipped


@dataclass(frozen=True)
class Run:
    """A rule whose conditions held and that had something to do. state as in models.RuleRun."""

    rule: CompiledRule
    effects: tuple[Effect, ...]
    state: str = "done"
    error: str = ""
    trigger: events.Event | None = None
    ms: float = 0.0
    chain: tuple[int, ...] = ()  # of a rule that was cut: the rules that led to it, in order
    undoes: bool = False  # of a rule that was cut: it would have put back what was just changed

    @property
    def changes(self) -> dict[str, Any]:
        """The fields as they are after it."""
        done = [each for each in self.effects if each.acts]
        return {name: pair[1] for each in done for name, pair in each.changes.items()}


class Miss(NamedTuple):
    """A rule that listens and had no effect: the path of what failed first, and the value seen."""

    rule: CompiledRule
    path: str
    field: str = ""
    seen: Any = None


@dataclass
class Decision:
    """Rules that ran, and those that did not; what these saw is looked up when it is asked for."""

    moment: Moment
    runs: list[Run] = field(default_factory=list)
    noted: list[Failed | Miss] = field(default_factory=list)  # at the moment as it is now
    _earlier: list[tuple[list[Failed | Miss], Mapping[str, Any]]] = field(default_factory=list)

    def pages(self) -> Iterator[tuple[Moment, list[Failed | Miss]]]:
        """Newest first: those that did not run, with the moment as it was then, until the next."""
        moment = self.moment.copy()
        yield moment, self.noted
        for noted, before in reversed(self._earlier):
            moment.facts.update(before)
            yield moment, noted

    @property
    def misses(self) -> list[Miss]:
        """In the order of the rules."""
        pages = [[_miss(one, moment) for one in noted] for moment, noted in self.pages()]
        return [one for page in reversed(pages) for one in page]

    @property
    def is_empty(self) -> bool:
        return not (self.runs or self.noted or self._earlier)

    def take_over(self, changes: Mapping[str, Any]) -> None:
        """Later rules see the changes; what was noted keeps what was seen then."""
        self._earlier.append((self.noted, self.moment.take_over(changes)))
        self.noted = []


def _miss(one: Failed | Miss, moment: Moment) -> Miss:
    if isinstance(one, Miss):
        return one
    failed = one.condition
    return Miss(one.rule, failed.path, failed.field, failed.see(moment))


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
    listening = ruleset.listening(occurrence.kinds)
    scan = ruleset.scan(occurrence.kinds)
    at = 0
    while (at := _next(listening, scan, at, decision)) < len(listening):
        rule = listening[at]
        at += 1
        try:
            goes_on = _turn(rule, decision, occurrence, apply)
        except Exception as error:  # a rule that can't even be asked is named like one that fails
            decision.runs.append(Run(rule, (), "failed", told(error)))
            continue
        if not goes_on:
            decision.noted += [Miss(each, f"{STOPPED_BY}{rule.id}") for each in listening[at:]]
            break
    return decision


def _next(listening: Sequence[CompiledRule], scan: Scan, at: int, decision: Decision) -> int:
    """The place of the next rule that holds; those that do not are noted."""
    before = len(decision.noted)
    try:
        return scan(decision.moment, at, decision.noted.append)
    except Exception:  # one of them can't be asked: ask them one by one to name it
        del decision.noted[before:]
    for place in range(at, len(listening)):
        rule = listening[place]
        try:
            failed = rule.check(decision.moment)
        except Exception as error:  # this one is named, the others are asked
            decision.runs.append(Run(rule, (), "failed", told(error)))
            continue
        if failed is None:
            return place
        decision.noted.append(Failed(rule, failed))
    return len(listening)


def told(error: Exception) -> str:
    """An error in a line, for the run that it ended."""
    return f"{type(error).__name__}: {error}"[:500]


def _turn(
    rule: CompiledRule, decision: Decision, occurrence: Occurrence, apply: Apply | None
) -> bool:
    """The conditions hold: do what there is to do, or note why not. False: no rule after it."""
    moment = decision.moment
    if rule.run != "every" and _ran_already(rule, moment):
        decision.noted.append(Miss(rule, ONCE))
        return True
    goes_on = not rule.stop or rule.is_shadow
    effects = _wanted(rule, moment.facts, occurrence)
    if not effects:
        decision.noted.append(Miss(rule, SO_ALREADY))
        return goes_on
    run = _run(rule, effects, occurrence)
    if run.state == "done" and apply:
        run = apply(run)
    decision.runs.append(run)
    if run.state == "done":
        decision.take_over(run.changes)
    return goes_on


def planned(rule: CompiledRule, facts: Facts, occurrence: Occurrence) -> Run:
    """What the rule would do now; without effects when all is so already."""
    return _run(rule, _wanted(rule, facts, occurrence), occurrence)


def _wanted(rule: CompiledRule, facts: Facts, occurrence: Occurrence) -> tuple[Effect, ...]:
    protected = () if rule.overwrite else occurrence.set_by_person
    return tuple(_effects(rule.actions, facts, protected))


def _run(rule: CompiledRule, effects: tuple[Effect, ...], occurrence: Occurrence) -> Run:
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
    return replace(run, chain=chain, undoes=undoes)


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
        if action_gone(action, stored):
            found.append(Effect(at, stored, skipped=GONE))
            continue
        wanted = action.plan(stored, ahead)
        changes = {n: (ahead[n], after) for n, after in wanted.items() if ahead[n] != after}
        if action.overwrites and any(name in protected for name in changes):
            found.append(Effect(at, stored, changes, skipped=SET_BY_PERSON))
        elif changes or action.leaves:
            if ahead is not facts:
                ahead.update(wanted)
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


def _ran_already(rule: CompiledRule, moment: Moment) -> bool:
    last = (moment.facts["last_runs"] or {}).get(rule.id)
    if last is None or rule.run == "once":
        return last is not None
    since = moment.facts["status_since"]
    return since is None or last >= since

"""The rules in force, compiled once a revision and found by the event that they listen to."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from core import clock
from core.db import db
from desk import revision
from desk.automation.conditions import Broken, Check, Condition, compiled
from desk.automation.definition import Node, nodes_in, problems_in, root_of
from desk.automation.scan import Scan, scan_of
from models import Rule, RuleSet, RuleState, RuleVersion

ACTIVE = (RuleState.ON, RuleState.SHADOW)


@dataclass(frozen=True)
class CompiledRule:
    """One version of a rule, ready to be asked."""

    id: int
    version_id: int
    is_shadow: bool
    kinds: frozenset[str]
    tree: Node
    check: Check
    conditions: dict[str, Condition] = field(repr=False)
    actions: tuple[dict[str, Any], ...]
    run: str
    stop: bool
    overwrite: bool
    order: dict[str, int] = field(default_factory=dict, repr=False)  # the nodes by path, counted


@dataclass(frozen=True)
class CompiledSet:
    """Rules in their order. `broken` = {rule id: why it is skipped}."""

    rules: tuple[CompiledRule, ...]
    version_ids: tuple[int, ...] = ()
    broken: dict[int, str] = field(default_factory=dict)
    row_id: int | None = None
    _by_kind: dict[str, frozenset[int]] = field(init=False, repr=False)
    _listening: dict[frozenset[str], tuple[CompiledRule, ...]] = field(init=False, repr=False)
    _scans: dict[frozenset[str], Scan] = field(init=False, repr=False)
    places: dict[int, int] = field(init=False, repr=False)  # of the versions in the set

    def __post_init__(self) -> None:
        by_kind: dict[str, set[int]] = defaultdict(set)
        for at, rule in enumerate(self.rules):
            for kind in rule.kinds:
                by_kind[kind].add(at)
        object.__setattr__(self, "_by_kind", {k: frozenset(v) for k, v in by_kind.items()})
        object.__setattr__(self, "_listening", {})
        object.__setattr__(self, "_scans", {})
        places = {version_id: at for at, version_id in enumerate(self.version_ids)}
        object.__setattr__(self, "places", places)

    @property
    def hash(self) -> str:
        return hashlib.sha256(repr(self.version_ids).encode()).hexdigest()

    def listening(self, kinds: frozenset[str]) -> tuple[CompiledRule, ...]:
        """Those that listen to any of these kinds, in order."""
        found = self._listening.get(kinds)
        if found is None:
            places = sorted({at for kind in kinds for at in self._by_kind.get(kind, ())})
            found = self._listening[kinds] = tuple(self.rules[at] for at in places)
        return found

    def scan(self, kinds: frozenset[str]) -> Scan:
        """The conditions of those that listen, as one function."""
        found = self._scans.get(kinds)
        if found is None:
            found = self._scans[kinds] = scan_of(self.listening(kinds))
        return found


def current() -> CompiledSet:
    """The set of the revision in force."""
    return revision.kept("rules", _load)


def _load() -> CompiledSet:
    made = compiled_set(active_versions())
    return replace(made, row_id=_row_id(made.hash))


def _row_id(known: str) -> int | None:
    return db.session.scalar(select(RuleSet.id).where(RuleSet.hash == known))


def active_versions() -> list[tuple[Rule, RuleVersion]]:
    query = (
        select(Rule, RuleVersion)
        .join(RuleVersion, RuleVersion.rule_id == Rule.id)
        .where(
            Rule.deleted_at.is_(None),
            Rule.state.in_(ACTIVE),
            RuleVersion.number == Rule.version_number,
        )
        .order_by(Rule.position, Rule.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def compiled_set(rows: Iterable[tuple[Rule, RuleVersion]]) -> CompiledSet:
    """A rule that can't be understood is left out and named; the others run."""
    rules: list[CompiledRule] = []
    broken: dict[int, str] = {}
    ids = []
    for rule, version in rows:
        ids.append(version.id)
        is_shadow = rule.state == RuleState.SHADOW
        try:
            rules.append(
                compiled_rule(version.definition, rule.id, version.id, is_shadow=is_shadow)
            )
        except Broken as error:
            broken[rule.id] = str(error)
    return CompiledSet(tuple(rules), tuple(ids), broken)


def compiled_rule(
    definition: dict[str, Any], rule_id: int, version_id: int, *, is_shadow: bool = False
) -> CompiledRule:
    """Broken when the definition names something that does not exist."""
    problems = problems_in(definition)
    if problems:
        raise Broken("; ".join(f"{one.where}: {one.message}" for one in problems))
    tree = root_of(definition)
    check, conditions = compiled(tree)
    return CompiledRule(
        id=rule_id,
        version_id=version_id,
        is_shadow=is_shadow,
        kinds=frozenset(definition["on"]),
        tree=tree,
        check=check,
        conditions=conditions,
        actions=tuple(definition["then"]),
        run=definition.get("run", "every"),
        stop=bool(definition.get("stop")),
        overwrite=bool(definition.get("overwrite")),
        order={path: at for at, (path, _node) in enumerate(nodes_in(tree))},
    )


def stored_row(rules: CompiledSet) -> int:
    """The id of the row that decisions point to; made when these versions first come together."""
    known = rules.row_id or _row_id(rules.hash)
    if known is None:
        row = RuleSet(hash=rules.hash, version_ids=list(rules.version_ids), at=clock.now())
        db.session.add(row)
        db.session.flush()
        known = row.id
    return known

"""Which rules may follow which, and the knots: sets in which each may be led to by each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from desk.automation.lint.path import Path
from desk.automation.lint.ruled import Ruled

Followers = dict[Ruled, list[Ruled]]


def knots(
    rules: Sequence[Ruled], begin: Sequence[Ruled]
) -> Iterator[tuple[list[Ruled], Followers]]:
    """Only those that may go round, with who follows whom inside of them.

    `begin` = rules that must be able to lead to them.
    """
    followers = _followers(rules, begin)
    for knot in _knots(list(followers), followers):
        if len(knot) > 1 or knot[0] in followers[knot[0]]:
            inside = set(knot)
            own = {rule: [each for each in followers[rule] if each in inside] for rule in knot}
            yield sorted(knot, key=_place), own


def loose_knots(rules: Sequence[Ruled]) -> Iterator[list[Ruled]]:
    """Those that may go round by the events alone, whatever values are written."""
    by_kind = _by_kind(rules)
    makes = {rule: rule.told(rule.writes.fields) for rule in rules}
    led_to = {
        kinds: sorted({each for kind in kinds for each in by_kind[kind]}, key=_place)
        for kinds in set(makes.values())
    }
    followers = {rule: led_to[kinds] for rule, kinds in makes.items()}
    for knot in _knots(rules, followers):
        if len(knot) > 1 or knot[0] in followers[knot[0]]:
            yield sorted(knot, key=_place)


def _by_kind(rules: Sequence[Ruled]) -> dict[str, list[Ruled]]:
    found: dict[str, list[Ruled]] = defaultdict(list)
    for rule in rules:
        for kind in rule.heard:
            found[kind].append(rule)
    return found


def _followers(rules: Sequence[Ruled], begin: Sequence[Ruled]) -> Followers:
    """By the events that a rule makes, and the values that it sets; of all that can be led to."""
    by_kind = _by_kind(rules)
    found: Followers = {}
    open_ = list(begin)
    while open_:
        rule = open_.pop()
        if rule in found:
            continue
        heard = {each for kind in rule.told(rule.writes.fields) for each in by_kind[kind]}
        paths = [Path(rule.world, each).written(rule, each) for each in rule.holding or ()]
        found[rule] = sorted((each for each in heard if _leads(paths, each)), key=_place)
        open_ += found[rule]
    return found


def _leads(paths: Sequence[Path], rule: Ruled) -> bool:
    return any(True for path in paths for _each in path.met(rule))


def _place(rule: Ruled) -> int:
    return rule.place


def _knots(rules: Sequence[Ruled], followers: Followers) -> list[list[Ruled]]:
    """Strongly connected components (Tarjan 1972), without recursion."""
    order: dict[Ruled, int] = {}
    low: dict[Ruled, int] = {}
    stack: dict[Ruled, None] = {}  # in its order
    found: list[list[Ruled]] = []
    for root in rules:
        if root in order:
            continue
        work = [(root, iter(followers[root]))]
        order[root] = low[root] = len(order)
        stack[root] = None
        while work:
            rule, rest = work[-1]
            step = next(rest, None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[rule])
                if low[rule] == order[rule]:
                    found.append(_popped(stack, rule))
            elif step not in order:
                order[step] = low[step] = len(order)
                stack[step] = None
                work.append((step, iter(followers[step])))
            elif step in stack:
                low[rule] = min(low[rule], order[step])
    return found


def _popped(stack: dict[Ruled, None], rule: Ruled) -> list[Ruled]:
    """All from this one on."""
    knot = []
    while rule in stack:
        knot.append(stack.popitem()[0])
    return knot[::-1]

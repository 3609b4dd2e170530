"""Doubts about rules: python -m benchmarks.lint [--quick] [--json]

Rule sets with planted faults and near misses (benchmarks/rule_graphs.py): how many faults are
found, and how many findings are right. Then what it costs for 300 rules, and for one draft.
"""

import gc
import time
from collections import Counter
from collections.abc import Iterable

from benchmarks.place import Figure, arguments, fresh, show
from benchmarks.planter import Graph
from benchmarks.rule_graphs import graph
from core.bus import unit_of_work
from desk.automation.lint import Finding, Source, findings, findings_of_draft

# Which findings answer to which planted fault.
KINDS = {
    "loop": ("loop",),
    "conflict": ("conflict",),
    "shadowed": ("shadowed",),
    "never": ("never", "exclude"),
}
PRECISION, LOOP_RECALL, RECALL = 0.95, 1.0, 0.9


class Tally:
    """`unjudged`: a conflict of two rules of one planted loop is one, but was not planted."""

    def __init__(self) -> None:
        self.planted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.missed: list[tuple[int, str, frozenset[int]]] = []
        self.wrong: list[tuple[int, str, frozenset[int]]] = []

    def add(self, seed: int, grown: Graph) -> None:
        sources = [Source(at + 1, f"Rule {at}", one) for at, one in enumerate(grown.rules)]
        told = findings(sources)
        loops = grown.planted.get("loop", set())
        for kind, names in KINDS.items():
            planted = grown.planted.get(kind, set())
            given = _groups(told, names)
            if kind == "conflict":
                given = {each for each in given if not any(each <= loop for loop in loops)}
            self.planted[kind] += len(planted)
            self.told[kind] += len(given)
            for each in planted:
                hit = any(one <= each if kind == "loop" else one == each for one in given)
                self.found[kind] += hit
                self.missed += [] if hit else [(seed, kind, each)]
            for one in given:
                right = any(one <= each if kind == "loop" else one == each for each in planted)
                self.right[kind] += right
                self.wrong += [] if right else [(seed, kind, one)]

    def figures(self) -> Iterable[Figure]:
        for kind in KINDS:
            recall = self.found[kind] / max(self.planted[kind], 1)
            precision = self.right[kind] / max(self.told[kind], 1)
            aim = LOOP_RECALL if kind == "loop" else RECALL
            yield Figure(f"{kind}: planted", self.planted[kind], "faults")
            yield Figure(f"{kind}: recall", recall, "", aim, at_least=True)
            yield Figure(f"{kind}: precision", precision, "", PRECISION, at_least=True)


def _groups(told: dict[int, list[Finding]], names: tuple[str, ...]) -> set[frozenset[int]]:
    """The places of the rules that each finding names."""
    return {
        frozenset([number - 1, *(row.id - 1 for row in one.others)])
        for number, its in told.items()
        for one in its
        if one.kind in names
    }


def judged(count: int, seed: int) -> Tally:
    tally = Tally()
    for number in range(count):
        with unit_of_work(writes=False):
            tally.add(seed + number, graph(seed + number))
    return tally


def costs(rules: int, seed: int) -> Iterable[Figure]:
    """Seconds of all, and milliseconds of a draft among the others."""
    with unit_of_work(writes=False):
        grown = graph(seed, rules)
        sources = [Source(at + 1, f"Rule {at}", one) for at, one in enumerate(grown.rules[:rules])]
        began = time.process_time()
        findings(sources)
        whole = time.process_time() - began
        took = []
        gc.collect()  # of what the graphs before left
        for at in range(0, rules, max(rules // 20, 1)):
            others = [each for each in sources if each is not sources[at]]
            began = time.process_time()
            findings_of_draft(sources[at].definition, others, place=at)
            took.append((time.process_time() - began) * 1000)
    yield Figure(f"all of {rules} rules", whole, "s", 1.0)
    yield Figure(f"one draft among {rules} rules, the slowest of {len(took)}", max(took), "ms", 100)


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    with fresh(options.database):
        tally = judged(50 if options.quick else 500, options.seed)
        figures = [*tally.figures(), *costs(300, options.seed)]
    show(figures, options)
    if not options.json:
        for name, cases in (("missed", tally.missed), ("wrong", tally.wrong)):
            for seed, kind, places in cases[:10]:
                print(f"{name}: seed {seed}, {kind} of rules {sorted(places)}")


if __name__ == "__main__":
    main()

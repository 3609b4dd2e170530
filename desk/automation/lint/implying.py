"""Whether one condition holds wherever another does."""

from desk.automation.definition import Node, known
from desk.automation.lint.branches import both
from desk.automation.lint.world import World


def implies(one: Node, other: Node) -> bool:
    """Whether the second condition, on the same field, holds wherever the first does."""
    if one["field"] != other["field"] or None in (*known(one), *known(other)):
        return False
    world = World([one, other], trusting=True)
    holding, failing = world.leaf(one, holds=True), world.leaf(other, holds=False)
    pairs = (both(mine, its) for mine in holding for its in failing)
    return bool(holding) and all(each is None for each in pairs)

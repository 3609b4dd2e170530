"""Moving a row of a definition by one step: past its neighbour, into a group, or out of one."""

from typing import Any

from desk.automation.definition import MAX_DEPTH, group_kind

Rows = list[Any]


def shifted(outermost: Rows, path: str, step: int) -> str:
    """Move the row at `path` ("if.1.0", "then.2") by -1 or 1; the path where it is afterwards.

    A neighbour that is a group is entered at its near end, at the end of a group the row leaves
    it. What would nest too deep goes past. An emptied group goes away.
    """
    root, *numbers = path.split(".")
    steps = [int(number) for number in numbers]
    rows = _rows_at(outermost, steps[:-1])
    if not steps or rows is None or steps[-1] >= len(rows):
        return path
    at = steps[-1]
    beside = at + step
    if not 0 <= beside < len(rows):
        steps = _out(outermost, steps, step)
    elif _lets_in(rows[beside], rows[at], len(steps)):
        steps = [*steps[:-1], *_in(rows, at, step)]
    else:
        rows[at], rows[beside] = rows[beside], rows[at]
        steps[-1] = beside
    return ".".join([root, *map(str, steps)])


def _in(rows: Rows, at: int, step: int) -> tuple[int, int]:
    row, group = rows[at], rows[at + step]
    del rows[at]
    inside = group[group_kind(group)]
    place = len(inside) if step < 0 else 0
    inside.insert(place, row)
    return (at - 1 if step < 0 else at), place


def _out(outermost: Rows, steps: list[int], step: int) -> list[int]:
    """Beside the group that it was in; nowhere when there is none around it."""
    if len(steps) < 2:
        return steps
    *around, parent, at = steps
    outer, inner = _rows_at(outermost, around), _rows_at(outermost, steps[:-1])
    if outer is None or inner is None:
        return steps
    row = inner.pop(at)
    if not inner:
        outer[parent] = row
        return [*around, parent]
    place = parent if step < 0 else parent + 1
    outer.insert(place, row)
    return [*around, place]


def _lets_in(beside: Any, row: Any, depth: int) -> bool:
    """`depth` of the group that both are in, the outermost being 1."""
    return bool(_kind(beside)) and depth + 1 + _height(row) <= MAX_DEPTH


def _height(row: Any) -> int:
    """How many levels of groups it brings."""
    kind = _kind(row)
    return 1 + max(map(_height, row[kind]), default=0) if kind else 0


def _kind(row: Any) -> str:
    """Rows of THEN are no groups, whatever they hold."""
    return "" if "do" in row else group_kind(row)


def _rows_at(rows: Rows, steps: list[int]) -> Rows | None:
    for step in steps:
        kind = _kind(rows[step]) if step < len(rows) else ""
        if not kind:
            return None
        rows = rows[step][kind]
    return rows

"""Rows of a definition move by one step, into groups and out of them."""

from typing import Any

import pytest

from desk.automation.shifting import shifted


def tree() -> list[Any]:
    """a, any(b, c), d: conditions are named by their field."""
    a, b, c, d = ({"field": name} for name in "abcd")
    return [a, {"any": [b, c]}, d]


def said(rows: list[Any]) -> str:
    parts = [row.get("field") or f"({said(next(iter(row.values())))})" for row in rows]
    return "".join(parts)


@pytest.mark.parametrize(
    ("path", "step", "order", "at"),
    [
        ("if.0", 1, "(abc)d", "if.0.0"),
        ("if.2", -1, "a(bcd)", "if.1.2"),
        ("if.1.0", -1, "ab(c)d", "if.1"),
        ("if.1.1", 1, "a(b)cd", "if.2"),
        ("if.1.1", -1, "a(cb)d", "if.1.0"),
        ("if.1", 1, "ad(bc)", "if.2"),
        ("if.0", -1, "a(bc)d", "if.0"),
        ("if.9", 1, "a(bc)d", "if.9"),
        ("if", 1, "a(bc)d", "if"),
    ],
)
def test_one_step(path: str, step: int, order: str, at: str) -> None:
    rows = tree()
    assert shifted(rows, path, step) == at
    assert said(rows) == order


def test_an_emptied_group_goes_away() -> None:
    rows: list[Any] = [{"any": [{"field": "a"}]}, {"field": "b"}]
    assert shifted(rows, "if.0.0", 1) == "if.0"
    assert said(rows) == "ab"


def test_what_would_nest_too_deep_goes_past() -> None:
    deep = {"any": [{"all": [{"field": "x"}]}]}
    rows: list[Any] = [deep, {"any": [{"field": "b"}]}]
    assert shifted(rows, "if.0", 1) == "if.1"
    assert said(rows) == "(b)((x))"


def test_every_step_can_be_taken_back() -> None:
    for path in ("if.0", "if.1.1", "if.2"):
        for step in (1, -1):
            rows = tree()
            back = shifted(shifted_at := rows, path, step)
            shifted(shifted_at, back, -step)
            assert sorted(said(rows).replace("(", "").replace(")", "")) == list("abcd")


def test_actions_are_no_groups() -> None:
    rows: list[Any] = [{"do": "x", "any": []}, {"do": "y"}]
    assert shifted(rows, "then.1", -1) == "then.0"
    assert [row["do"] for row in rows] == ["y", "x"]

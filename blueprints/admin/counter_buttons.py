"""What the buttons of the counter editor do to what is written in it."""

import re
from collections.abc import Callable
from typing import Any

from blueprints.admin.counter_form import Editor
from blueprints.admin.counter_parts import Amount, Step, TargetRow
from desk.automation import draft
from desk.automation.actions import ACTIONS
from desk.deadlines.policies import MAX_STEPS
from desk.deadlines.targets import MAX_TARGETS

_IN_A_STEP = re.compile(r"steps\.([0-9]{1,4})\.then((?:\.[0-9]{1,4})*)")
_TARGET = re.compile(r"targets\.([0-9]{1,4})")


def press(editor: Editor, command: str) -> None:
    """ "add-step", "remove-step:1", "up:targets.2", or a button of the rows of conditions and
    actions. Notes where the person is afterwards."""
    verb, _colon, path = command.partition(":")
    step, target = _IN_A_STEP.fullmatch(path), _TARGET.fullmatch(path)
    if command in _ADDING:
        editor.at = _ADDING[command](editor)
    elif verb == "remove-step" and path.isascii() and path.isdigit():
        editor.at = _removed(editor.steps, int(path), "steps")
    elif target:
        editor.at = _on_targets(editor.targets, verb, int(target[1]))
    elif step and int(step[1]) < len(editor.steps):
        part = {"if": {"all": []}, "then": editor.steps[int(step[1])].then}
        there = draft.changed(part, f"{verb}:then{step[2]}")
        editor.at = f"steps.{step[1]}.{there}" if there else ""
    elif path.startswith("if"):
        editor.at = draft.changed({"if": editor.conditions, "then": []}, command)


def _on_targets(rows: list[TargetRow], verb: str, at: int) -> str:
    if verb == "remove":
        return _removed(rows, at, "targets")
    beside = at + {"up": -1, "down": 1}.get(verb, 0)
    if not (0 <= at < len(rows) and 0 <= beside < len(rows)):
        return ""
    rows[at], rows[beside] = rows[beside], rows[at]
    return f"targets.{beside}"


def _removed(rows: list[Any], at: int, part: str) -> str:
    """Where the next one stands now, else the one before."""
    del rows[at : at + 1]
    return f"{part}.{min(at, len(rows) - 1)}" if rows else ""


def _add_step(editor: Editor) -> str:
    """After the last one: at the limit, or a quarter of an hour later."""
    last = editor.steps[-1] if editor.steps else None
    is_after = last is not None and last.side == "after" and last.by.minutes >= 0
    by = last.by.minutes + 15 if last and is_after else 15
    side = "at" if last is None or last.side == "before" else "after"
    if len(editor.steps) <= MAX_STEPS:
        then = [ACTIONS["send_mail"].blank() | {"to": "head"}]
        editor.steps.append(Step(side, Amount.of(by), then))
    return f"steps.{len(editor.steps) - 1}"


def _add_target(editor: Editor) -> str:
    limit = Amount(editor.limit.text, editor.limit.unit)
    if len(editor.targets) <= MAX_TARGETS:
        editor.targets.append(TargetRow(limit=limit))
    return f"targets.{len(editor.targets) - 1}"


_ADDING: dict[str, Callable[[Editor], str]] = {"add-step": _add_step, "add-target": _add_target}

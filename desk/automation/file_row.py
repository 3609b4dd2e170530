"""One trigger of a file: its names and state, its definition here, all that is wrong with it."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from core.i18n import LOCALES, N_, _
from desk.automation.checks import problems_of_texts
from desk.automation.definition import Problem, problems_in, references_gone
from desk.automation.library import problems_of_names
from desk.automation.names import local
from desk.automation.sentences import sentence_of
from desk.texts import one_line
from models import RuleState

KEYS = {"name", "state", "on", "if", "then", "run", "stop", "overwrite"}
Row = Mapping[str, Any]
_PARTS = {"if": N_("Condition %(n)s"), "then": N_("Action %(n)s")}
_HALVES = re.compile("[\0\ud800-\udfff]")  # of characters, and NUL: no database keeps them


def has_shape(row: Any) -> bool:
    """What reading the names rests on; the rest is judged as any definition is."""
    names = row.get("name") if isinstance(row, dict) else None
    if not isinstance(names, dict) or not any(isinstance(n, str) and n for n in names.values()):
        return False
    then = row.get("then")
    return isinstance(then, list) and all(isinstance(each, dict) for each in then)


def names_of(row: Row) -> tuple[str, str]:
    """In Russian and in English, in one line each."""
    ru, en = (one_line(_HALVES.sub("�", str(row["name"].get(code) or ""))) for code in LOCALES)
    return ru, en


def state_of(row: Row) -> str:
    state = str(row.get("state"))
    return state if state in list(RuleState) else RuleState.DRAFT


def read(row: Row) -> tuple[dict[str, Any], tuple[str, ...], tuple[Problem, ...]]:
    """The definition with ids, the names that nothing here has, and all that is wrong with it."""
    usual = {"run": "every", "stop": False, "overwrite": False}
    given = usual | {name: row.get(name) for name in KEYS - {"name", "state"} - usual.keys()}
    given |= {name: row[name] for name in usual if name in row}
    try:
        if halved := _halved(row):
            return {}, (), tuple(halved)
        definition, missing = local(given)
        problems = _misread(row) or problems_in(definition) or references_gone(definition)
        problems = problems or problems_of_texts(definition["then"]) or _endless(row)
        sentence_of(definition)
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError):
        return {}, (), (Problem("if", _("Its parts can't be read.")),)
    return definition, tuple(missing), (*problems_of_names(*names_of(row)), *problems)


def told(problem: Problem) -> str:
    """With the number of its row, counted as the editor shows them: within groups "2.1"."""
    part, *steps = problem.where.split(".")
    if part not in _PARTS or not all(map(str.isdecimal, steps)) or not steps:
        return problem.message
    place = _(_PARTS[part], n=".".join(str(int(step) + 1) for step in steps))
    return f"{place}: {problem.message}"


def _halved(row: Row) -> list[Problem]:
    """Where there is what can't even be shown, nothing else is looked at."""
    texts = (each for each in _values(row) if isinstance(each, str))
    found = next(filter(None, map(_HALVES.search, texts)), None)
    code = f"\\u{ord(found[0]):04x}" if found else ""
    return [Problem("", _("“%(text)s” is no character.", text=code))] if code else []


def _endless(row: Row) -> list[Problem]:
    """Numbers that no database keeps, in places that nobody reads."""
    found = [each for each in _values(row) if isinstance(each, float) and not math.isfinite(each)]
    return [Problem("", _("“%(text)s” is no number.", text=each)) for each in found[:1]]


def _values(part: Any) -> Iterator[Any]:
    """All keys and single values in it."""
    if isinstance(part, dict):
        part = [each for pair in part.items() for each in pair]
    if isinstance(part, list):
        for each in part:
            yield from _values(each)
    else:
        yield part


def _misread(row: Row) -> list[Problem]:
    """What would be taken for something else than whoever wrote the file meant."""
    found = [Problem("", _("“%(name)s” is not known here.", name=key)) for key in row.keys() - KEYS]
    if not isinstance(row.get("if"), dict) or not row["if"]:
        message = _("Its conditions are missing; to hold always it says “if”: {“all”: []}.")
        found.append(Problem("if", message))
    for name in ("stop", "overwrite"):
        if not isinstance(row.get(name, False), bool):
            message = _("“%(name)s” is either true or false.", name=name)
            found.append(Problem(name, message))
    if str(row.get("state", RuleState.DRAFT)) not in list(RuleState):
        found.append(Problem("state", _("There is no such state: “%(name)s”.", name=row["state"])))
    return found

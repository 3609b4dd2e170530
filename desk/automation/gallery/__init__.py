"""Triggers to begin with: each a definition with holes to fill, and a case that proves it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core import clock
from core.i18n import LOCALES, locale
from desk.automation.actions import ACTIONS
from desk.automation.conditions import Broken
from desk.automation.definition import conditions_in, known, problems_in, root_of
from desk.automation.facts import Facts
from desk.automation.fields import field_named
from desk.automation.moment import Moment
from desk.automation.names import UNKNOWN, local, value_here
from desk.automation.ruleset import compiled_rule
from desk.automation.shapes.texts import LineInBoth
from desk.automation.verdicts import Verdict, verdict

HOLE = "?"
EMPTY = {"tags": [], "client_category": [], "text": "", "subject": ""}


@dataclass(frozen=True)
class Template:
    """One of the gallery, as its file has it."""

    row: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.row["key"])

    @property
    def icon(self) -> str:
        return str(self.row["icon"])

    @property
    def name(self) -> str:
        return str(self.row[locale()])

    @property
    def names(self) -> dict[str, str]:
        return {code: str(self.row[code]) for code in LOCALES}

    @property
    def about(self) -> str:
        return str(self.row["about"][locale()])

    @property
    def said(self) -> str:
        """The sample in words."""
        return str(self.row["sample"]["said"][locale()])

    def definition(self) -> dict[str, Any]:
        """For this installation; what it has no row for is left to fill in, like the holes."""
        then = [_in_one_language(stored) for stored in self.row["then"]]
        parts = {part: self.row[part] for part in _PARTS}
        made, _missing = local({**_RUNS, **parts, "then": then, **_of(self)})
        for node in (node for _path, node in conditions_in(root_of(made))):
            _empty_condition(node)
        for stored in made["then"]:
            _empty_action(stored)
        return made

    def holes(self) -> list[str]:
        """The rows that have to be filled in, by path."""
        return [problem.where for problem in problems_in(self.definition())]

    def proof(self, definition: dict[str, Any]) -> Verdict | None:
        """The sample, asked of what was made of the template; None when it can't be asked yet."""
        try:
            rule = compiled_rule(definition, 0, 0)
        except Broken:
            return None
        return verdict(root_of(definition), rule.conditions, self._moment(definition))

    def _moment(self, definition: dict[str, Any]) -> Moment:
        sample = self.row["sample"]
        named = dict(conditions_in(root_of(definition)))
        facts = {
            key: _seen(key, _spoken(said), named) for key, said in sample.get("facts", {}).items()
        }
        changes = {
            key: (_seen(key, old, named), _seen(key, new, named))
            for key, (old, new) in sample.get("changes", {}).items()
        }
        at = sample.get("at")
        now = datetime.fromisoformat(at) if at else clock.now()
        return Moment(Facts({**EMPTY, **facts}), changes, now)


_PARTS = ("on", "if", "then")
_RUNS = {"run": "every", "stop": False, "overwrite": False}


def _of(template: Template) -> dict[str, Any]:
    return {name: template.row[name] for name in _RUNS if name in template.row}


@cache
def _rows() -> tuple[Template, ...]:
    text = (Path(__file__).parent / "templates.yaml").read_text(encoding="utf-8")
    return tuple(Template(row) for row in yaml.safe_load(text))


def templates() -> tuple[Template, ...]:
    return _rows()


def template_named(key: str) -> Template | None:
    return next((each for each in _rows() if each.key == key), None)


def _spoken(said: Any) -> Any:
    """What is written in both languages, in the reader's."""
    return said[locale()] if isinstance(said, Mapping) else said


def _in_one_language(stored: Mapping[str, Any]) -> dict[str, Any]:
    """What colleagues read, notes and tags, begins in the administrator's language."""
    single = {p.name for p in ACTIONS[stored["do"]].params if not isinstance(p.form, LineInBoth)}
    return {key: _spoken(value) if key in single else value for key, value in stored.items()}


def _empty_condition(node: Any) -> None:
    field, operator = known(node)
    if field and operator and _is_hole(node.get("value")):
        node["value"] = operator.form.blank(field.type)


def _empty_action(stored: Any) -> None:
    for param in ACTIONS[stored["do"]].params:
        if _is_hole(stored.get(param.name)):
            stored[param.name] = param.form.blank(param.type)


def _is_hole(value: Any) -> bool:
    """A hole of the template, or a name that nothing here has."""
    return any(text.startswith((HOLE, UNKNOWN)) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _seen(key: str, said: Any, named: Mapping[str, Any]) -> Any:
    """A fact of the sample: by name, or what the condition at a path was filled with."""
    if isinstance(said, str) and said.startswith(HOLE):
        value = named[said.removeprefix(HOLE)]["value"]
        first = value[0] if isinstance(value, list) else value
        field = field_named(key)
        return [first] if field and field.type.family == "set" else first
    field = field_named(key)
    return value_here(field.type, said) if field else said

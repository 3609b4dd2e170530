"""Texts with {{ placeholders }}: looked up in a registry, never evaluated."""

import re

from desk.automation.placeholder import Scene
from desk.automation.placeholders import PLACEHOLDERS

MARK = re.compile(r"\{\{\s*([^{}]{0,80}?)\s*\}\}")
_OPENS = re.compile(r"\{\{|\{%")
MAX_VALUE = 20_000
MAX_RESULT = 100_000


def rendered(template: str, scene: Scene) -> str:
    """What was put in is not looked at again, so a client's words stay words."""

    def value(mark: re.Match[str]) -> str:
        found = PLACEHOLDERS.get(mark[1])
        return found.value(scene)[:MAX_VALUE] if found else mark[0]

    return MARK.sub(value, template)[:MAX_RESULT]


def stray(template: str) -> str:
    """What begins like a mark and is none; empty when there is no such thing."""
    found = _OPENS.search(MARK.sub("", template))
    return found[0] if found else ""


def braces(template: str) -> str:
    """What is a mark or begins like one; empty when there is no such thing."""
    found = MARK.search(template) or _OPENS.search(template)
    return found[0] if found else ""


def unknown(template: str) -> list[str]:
    """The names that no placeholder has."""
    return [name for name in MARK.findall(template) if name not in PLACEHOLDERS]

"""Phrases to look for by word form, and how."""

import re
from typing import Any

from core.i18n import N_, _
from desk import synonyms
from desk.automation.pieces import Piece, Sentence, joined, quoted, words
from desk.automation.shape import MAX_LINE, MAX_LIST, Form, Shape, first, split_list
from desk.automation.types import Json, ValueType
from desk.automation.words import Words

MODES = {
    "any": N_("any of the phrases"),
    "all": N_("all of the phrases"),
    "phrase": N_("words side by side"),
    "exact": N_("exactly as written"),
    "none": N_("none of the phrases"),
}
MAX_WITHIN = 20


class WordsShape(Shape):
    """{"phrases": [...], "mode", "within": words between, "guard_negation"}; see words.Words."""

    key = "words"

    def read(self, form: Form, name: str, kind: ValueType) -> dict[str, Any]:
        within = first(form, f"{name}.within")
        return {
            "phrases": split_list(first(form, f"{name}.phrases")),
            "mode": first(form, f"{name}.mode") or "any",
            "within": _number(within) if within else 3,
            "guard_negation": bool(form.get(f"{name}.guard")),
        }

    def problem(self, value: Any, kind: ValueType) -> str:
        phrases = value.get("phrases") if isinstance(value, dict) else None
        if not isinstance(phrases, list) or not all(isinstance(each, str) for each in phrases):
            return _("Write the words to look for.")
        if value.get("mode", "any") not in list(MODES):
            return _("Choose which of the phrases are looked for.")
        if not _small(value.get("within", 3)):
            return _("From 0 to %(n)s other words may stand between.", n=MAX_WITHIN)
        if len(phrases) > MAX_LIST:
            return _("These are more than %(n)s values.", n=MAX_LIST)
        if any(len(each) > MAX_LINE for each in phrases):
            return _("It is longer than %(n)s characters.", n=MAX_LINE)
        try:
            compiled(value)
        except ValueError:
            return _("Write the words to look for.")
        return ""

    def schema(self, kind: ValueType, one: Json) -> Json:
        phrase = {"type": "string", "maxLength": MAX_LINE}
        modes = [{"const": key, "title": _(label)} for key, label in MODES.items()]
        return {
            "type": "object",
            "properties": {
                "phrases": {"type": "array", "items": phrase, "minItems": 1, "maxItems": MAX_LIST},
                "mode": {"oneOf": modes, "default": "any"},
                "within": {"type": "integer", "minimum": 0, "maximum": MAX_WITHIN, "default": 3},
                "guard_negation": {"type": "boolean", "default": True},
            },
            "required": ["phrases"],
        }

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        given = value if isinstance(value, dict) else {}
        mode, phrases = str(given.get("mode", "any")), given.get("phrases", ())
        parts: list[Sentence] = [(Piece(quoted(each), "value"),) for each in phrases]
        listed = joined(parts, ", ", _(" and ") if mode == "all" else _(" or "))
        how = _("the words") if mode == "any" and len(parts) == 1 else _(MODES.get(mode, mode))
        return {"mode": words(how), "value": listed or words("…")}

    def unsaid(self, value: Any) -> dict[str, str]:
        given = value if isinstance(value, dict) else {}
        guard = given.get("guard_negation", True)
        return {
            _("words between, at most"): str(given.get("within", 3)),
            _("not where it is denied (“without delay”)"): _("yes") if guard else _("no"),
        }

    def blank(self, kind: ValueType) -> dict[str, Any]:
        return {"phrases": [], "mode": "any", "within": 3, "guard_negation": True}


def compiled(value: dict[str, Any]) -> Words:
    """ValueError when there is no word in the phrases."""
    return Words(
        tuple(value["phrases"]),
        mode=value.get("mode", "any"),
        within=value.get("within", 3),
        guard_negation=value.get("guard_negation", True),
        synonyms=synonyms.in_force(),
    )


def _number(text: str) -> int | str:
    """What is none stays as it was written, and is refused."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else text


def _small(within: Any) -> bool:
    return isinstance(within, int) and 0 <= within <= MAX_WITHIN

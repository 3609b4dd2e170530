"""What may stand beside an operator or in an action: the base of everything in shapes/."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.i18n import _
from desk.automation.pieces import Sentence
from desk.automation.types import Json, ValueType

MAX_LINE = 250
MAX_TEXT = 10_000
MAX_LIST = 100
Form = Mapping[str, Sequence[str]]  # the texts of a form by name


class Shape:
    """Read from a form, checked, told in a sentence; `key` also names the macro that draws it."""

    key: str = ""
    position: int = 0

    def read(self, form: Form, name: str, kind: ValueType) -> Any:
        """The value of the form fields that begin with `name`; what can't be read stays a text."""
        return first(form, name)

    def problem(self, value: Any, kind: ValueType) -> str:
        """What is wrong with a value, in words; empty when nothing is."""
        return "" if kind.fits(value) else _("Choose a value.")

    def gone(self, value: Any, kind: ValueType) -> bool:
        """Whether it names something that has been removed."""
        return False

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        return {"value": kind.show(value)}

    def unsaid(self, value: Any) -> dict[str, str]:
        """What `told` leaves out or cuts short, by its name in the reader's language."""
        return {}

    def schema(self, kind: ValueType, one: Json) -> Json:
        """JSON Schema of what may stand there; `one` is that of one value of the type."""
        return one

    def blank(self, kind: ValueType) -> Any:
        """What a new row begins with."""
        return ""


def first(form: Form, name: str) -> str:
    texts = form.get(name, ())
    return texts[0].replace("\r\n", "\n").replace("\0", "").strip() if texts else ""


def split_list(text: str) -> list[str]:
    """What stands between commas or on lines of its own."""
    parts = text.replace("\n", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

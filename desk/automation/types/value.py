"""What a value may be: the base of every type."""

from typing import Any

from core.i18n import _

MOST = 100
Options = list[tuple[Any, str]]
Json = dict[str, Any]


class ValueType:
    """`family` decides which operators fit."""

    family = ""
    unit = ""
    most = MOST  # values in one list

    def options(self) -> Options:
        """What there is to choose from; empty when the value is written."""
        return []

    @property
    def is_written(self) -> bool:
        """Whether people write the value, rather than choose it."""
        return self.family in ("text", "number", "hours", "date")

    def show(self, value: Any) -> str:
        return _("none") if value in (None, "", []) else str(value)

    def read(self, text: str) -> Any:
        """The value of a form's text. ValueError when it is none."""
        return text.strip()

    def fits(self, value: Any) -> bool:
        """Whether a definition may hold it."""
        return isinstance(value, str)

    def refusal(self, value: Any) -> str:
        """Why a value does not fit, in words."""
        return _("“%(value)s” does not fit here.", value=str(value)[:80])

    def schema(self) -> Json:
        """JSON Schema of one value."""
        return {"type": "string"}

    def exists(self, value: Any) -> bool:
        """False for a choice that has been removed meanwhile."""
        return True

"""Types of values: what can be chosen, how it is shown, what a form or a definition may hold."""

from collections.abc import Sequence
from typing import Any

from core.i18n import N_, _, format_number
from desk.catalog import CHANNEL_NAMES, LOCALE_NAMES, PRIORITY_NAMES, TABLE_OF_FIELD, catalog

Options = list[tuple[Any, str]]


class ValueType:
    """`family` decides which operators fit."""

    family = ""
    unit = ""

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

    def exists(self, value: Any) -> bool:
        """False for a choice that has been removed meanwhile."""
        return True


class Choice(ValueType):
    """A row of the catalogue, by id."""

    family = "choice"

    def __init__(self, name: str, *, nobody: str = N_("nobody")) -> None:
        self.name = name
        self.nobody = nobody  # what None is called where it can be chosen

    def options(self) -> Options:
        rows = getattr(catalog(), TABLE_OF_FIELD[self.name]).values()
        return [(row.id, row.name) for row in rows if getattr(row, "is_active", True)]

    def show(self, value: Any) -> str:
        return _("removed (%(id)s)", id=value) if self.is_gone(value) else self.named(value)

    def named(self, value: Any) -> str:
        return catalog().name_of(self.name, value)

    def read(self, text: str) -> Any:
        return int(text)

    def fits(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def exists(self, value: Any) -> bool:
        return value in getattr(catalog(), TABLE_OF_FIELD[self.name])

    def is_gone(self, value: Any) -> bool:
        return self.fits(value) and not self.exists(value)


class Person(Choice):
    """One of the staff who still works here."""

    def __init__(self) -> None:
        super().__init__("assignee")

    def exists(self, value: Any) -> bool:
        person = catalog().staff.get(value)
        return person is not None and person.is_active

    def is_gone(self, value: Any) -> bool:
        return value not in catalog().staff


class Ordered(Choice):
    """A choice that has a higher and a lower."""

    family = "ordered"


class PriorityType(Ordered):
    def __init__(self) -> None:
        super().__init__("priority")

    def options(self) -> Options:
        return [(int(value), _(name)) for value, name in PRIORITY_NAMES.items()]

    def exists(self, value: Any) -> bool:
        return value in PRIORITY_NAMES


class LineType(Ordered):
    def __init__(self) -> None:
        super().__init__("line")

    def options(self) -> Options:
        return [(id_, f"{id_} · {line.name}") for id_, line in catalog().lines.items() if id_]

    def exists(self, value: Any) -> bool:
        return value in catalog().lines


class Words(Choice):
    """A choice out of a fixed list of texts."""

    def __init__(self, name: str, names: dict[str, str]) -> None:
        super().__init__(name)
        self.names = names

    def options(self) -> Options:
        return [(value, _(name)) for value, name in self.names.items()]

    def named(self, value: Any) -> str:
        return _(self.names.get(value, str(value))) if value else _("none")

    def read(self, text: str) -> Any:
        return text

    def fits(self, value: Any) -> bool:
        return isinstance(value, str)

    def exists(self, value: Any) -> bool:
        return value in self.names


class Categories(Choice):
    """Several rows at once."""

    family = "set"

    def named(self, value: Any) -> str:
        return catalog().name_of(self.name, value)


class Tags(ValueType):
    family = "set"

    def options(self) -> Options:
        return [(tag.name, tag.name) for tag in catalog().tags.values()]

    def show(self, value: Any) -> str:
        if isinstance(value, list | tuple):
            return ", ".join(value) or _("none")
        return super().show(value)


class Text(ValueType):
    family = "text"


class Number(ValueType):
    family = "number"

    def show(self, value: Any) -> str:
        return format_number(round(value, 2)) if self.fits(value) else super().show(value)

    def read(self, text: str) -> Any:
        number = float(text.replace(",", ".").replace("\u00a0", "").strip())
        if not -1e12 < number < 1e12:
            raise ValueError(text)
        return int(number) if number.is_integer() else number

    def fits(self, value: Any) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool)


class Hours(Number):
    family = "hours"
    unit = N_("h")

    def show(self, value: Any) -> str:
        shown = super().show(value)
        return f"{shown} {_(self.unit)}" if self.fits(value) else shown


class Minutes(Number):
    """Of working time."""

    family = "hours"
    unit = N_("min")

    def show(self, value: Any) -> str:
        shown = super().show(value)
        return f"{shown} {_(self.unit)}" if self.fits(value) else shown


class Date(ValueType):
    """Written 2026-03-02: sorts as it reads."""

    family = "date"


class YesNo(Words):
    def __init__(self) -> None:
        super().__init__("yes_no", {"yes": N_("yes"), "no": N_("no")})


def yes_or_no(truth: bool) -> str:
    """As conditions on YesNo see it."""
    return "yes" if truth else "no"


class Many(ValueType):
    """Several of another type at once."""

    family = "set"

    def __init__(self, one: ValueType) -> None:
        self.one = one

    def options(self) -> Options:
        return self.one.options()

    def show(self, value: Any) -> str:
        if isinstance(value, list | tuple):
            return ", ".join(map(self.one.show, value)) or _("none")
        return self.one.show(value)

    def read(self, text: str) -> Any:
        return self.one.read(text)

    def fits(self, value: Any) -> bool:
        return self.one.fits(value)

    def exists(self, value: Any) -> bool:
        return self.one.exists(value)


class WorkingTime(Choice):
    """The present instant, looked at through a calendar."""

    family = "working_time"

    def __init__(self) -> None:
        super().__init__("calendar")

    def options(self) -> Options:
        return [(row.id, row.name) for row in catalog().calendars.values()]

    def named(self, value: Any) -> str:
        return catalog().calendars[value].name

    def exists(self, value: Any) -> bool:
        return value in catalog().calendars


CHANNELS = Words("channel", CHANNEL_NAMES)
LANGUAGES = Words("locale", LOCALE_NAMES)


def listed(values: Sequence[Any], kind: ValueType) -> list[str]:
    return [kind.show(value) for value in values]

"""Values that are chosen: rows of the catalogue by id, words of a fixed list."""

from typing import Any

from core.i18n import N_, _
from desk.automation.types.value import Json, Options, ValueType
from desk.catalog import CHANNEL_NAMES, LOCALE_NAMES, PRIORITY_NAMES, TABLE_OF_FIELD, catalog


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

    def schema(self) -> Json:
        """What can be chosen now; where there is nothing, nothing fits."""
        known = [{"const": value, "title": name} for value, name in self.options()]
        return {"oneOf": known} if known else {"not": {}}

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
        return self.fits(value) and value not in catalog().staff


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


class YesNo(Words):
    def __init__(self) -> None:
        super().__init__("yes_no", {"yes": N_("yes"), "no": N_("no")})


def yes_or_no(truth: bool) -> str:
    """As conditions on YesNo see it."""
    return "yes" if truth else "no"


CHANNELS = Words("channel", CHANNEL_NAMES)
LANGUAGES = Words("locale", LOCALE_NAMES)

"""Several values at once."""

from typing import Any

from core.i18n import _
from desk.automation.types.choices import Choice
from desk.automation.types.value import MOST, Json, Options, ValueType
from desk.catalog import catalog
from desk.tags import MAX_TAG, in_one_writing


class Categories(Choice):
    """Several rows at once."""

    family = "set"


class Tags(ValueType):
    family = "set"

    def __init__(self, most: int = MOST) -> None:
        self.most = most

    def options(self) -> Options:
        return [(tag.name, tag.name) for tag in catalog().tags.values()]

    def show(self, value: Any) -> str:
        if isinstance(value, list | tuple):
            return ", ".join(map(str, value)) or _("none")
        return super().show(value)

    def fits(self, value: Any) -> bool:
        return isinstance(value, str) and 0 < len(in_one_writing(value)) <= MAX_TAG

    def refusal(self, value: Any) -> str:
        if isinstance(value, str) and len(in_one_writing(value)) > MAX_TAG:
            return _("A tag has at most %(n)s letters.", n=MAX_TAG)
        return super().refusal(value)


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

    def schema(self) -> Json:
        return self.one.schema()

    def exists(self, value: Any) -> bool:
        return self.one.exists(value)

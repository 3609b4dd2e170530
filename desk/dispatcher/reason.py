"""Why an agent does not get a work, as it is kept: told in the reader's language later."""

from collections.abc import Callable
from typing import NamedTuple

Value = int | str | None


class Reason(NamedTuple):
    """`key` = of the filter that excluded; `values` = what its sentence is filled with."""

    key: str
    values: tuple[Value, ...] = ()


# (kind: agent | group | skill | direction | category, id) -> its name in the reader's language.
Names = Callable[[str, int], str]

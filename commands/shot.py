"""What a picture of the product is taken of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Before = Callable[[Any], None]


@dataclass(frozen=True)
class Shot:
    """A picture; `who` signs in first; `before` is done on the page before it is taken."""

    name: str
    path: str
    who: str = ""
    locale: str = "ru"
    dark: bool = False
    phone: bool = False
    whole: bool = False
    before: Before = field(default=lambda page: None)

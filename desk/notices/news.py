"""One piece of news for colleagues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desk.notices.occasion import Occasion
from models import Case


@dataclass(frozen=True)
class News:
    """`key` = what it is about: one person is told of it once in each way."""

    occasion: Occasion
    key: str
    case: Case | None
    event_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int | None:
        return self.case.number if self.case else None

    def sentence(self) -> str:
        """In the reader's language."""
        return self.occasion.sentence(self.number, self.data)

    def path(self) -> str:
        return self.occasion.path(self.number, self.data)

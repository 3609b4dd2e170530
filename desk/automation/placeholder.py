"""What a text of a rule may refer to: the base of everything in placeholders/."""

from dataclasses import dataclass
from enum import Enum

from desk.automation.moment import Occurrence
from models import Case


class Reader(Enum):
    """For whom a text is. Notes are for colleagues only; a stranger gets no link either."""

    COLLEAGUE = "colleague"
    CLIENT = "client"
    STRANGER = "stranger"
    PROGRAM = "program"

    @property
    def is_outside(self) -> bool:
        return self is not Reader.COLLEAGUE


@dataclass(frozen=True)
class Scene:
    """What placeholders may look at, and who will read it."""

    case: Case
    occurrence: Occurrence
    reader: Reader = Reader.COLLEAGUE


class Placeholder:
    """Written {{ key }} in a text."""

    key: str = ""
    label: str = ""
    position: int = 100

    def value(self, scene: Scene) -> str:
        raise NotImplementedError

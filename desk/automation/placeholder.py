"""What a text of a rule may refer to: the base of everything in placeholders/."""

from dataclasses import dataclass

from desk.automation.moment import Occurrence
from models import Case


@dataclass(frozen=True)
class Scene:
    """What placeholders may look at. To a client nothing internal is told."""

    case: Case
    occurrence: Occurrence
    to_client: bool = False


class Placeholder:
    """Written {{ key }} in a text."""

    key: str = ""
    label: str = ""
    position: int = 100

    def value(self, scene: Scene) -> str:
        raise NotImplementedError

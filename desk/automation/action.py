"""What a rule can do: the base of everything in actions/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.i18n import N_, _
from desk.automation.facts import Facts
from desk.automation.moment import Occurrence
from desk.automation.pieces import Sentence, filled, words
from desk.automation.shape import Shape
from desk.automation.shapes import SHAPES
from desk.automation.subjects import BOTH
from desk.automation.types import Text, ValueType
from desk.history import Cause
from models import Case

Stored = Mapping[str, Any]  # an action as a definition holds it, "do" included


# (to whom, "" or why it did not leave, untranslated) for each message that an action sent.
Receipts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Param:
    """One value of an action. `only_if` = (name, value) of another one that makes it matter."""

    name: str
    label: str
    shape: str = "one"
    type: ValueType = field(default_factory=Text)
    only_if: tuple[str, str] | None = None
    has_placeholders: bool = False

    @property
    def form(self) -> Shape:
        return SHAPES[self.shape]

    @property
    def blank(self) -> Any:
        return self.form.blank(self.type)

    def matters(self, stored: Stored) -> bool:
        return self.only_if is None or stored.get(self.only_if[0]) == self.only_if[1]


@dataclass(frozen=True)
class Doing:
    """What an action works on. `key` makes what leaves the machine unique."""

    case: Case
    occurrence: Occurrence
    cause: Cause
    key: str = ""


class Action:
    """`writes` are the fields it may set; one that `leaves` acts beyond the fields of the case.

    `plan` is pure: it tells from the facts alone which fields would get which values. `run` does
    it through the verbs of the desk and gives receipts for what can't be seen in the fields.
    """

    key: str = ""
    label: str = ""
    phrase: str = ""  # as a sentence says it: %(value)s and other params
    phrase_for_none: str = ""  # the same where the value is nobody
    held: str = N_("not sent, %(why)s")  # said of a receipt that tells why it did not leave
    position: int = 100
    params: tuple[Param, ...] = ()
    writes: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()  # kinds of events that it makes besides those of the fields
    leaves: bool = False
    subjects: tuple[str, ...] = BOTH
    overwrites: bool = True  # False: what a person has set stays beside it

    @property
    def deciding(self) -> frozenset[str]:
        """The params that decide whether others matter."""
        return frozenset(param.only_if[0] for param in self.params if param.only_if)

    @cached_property
    def references(self) -> tuple[Param, ...]:
        """The params that name something which may be removed one day."""
        return tuple(
            param
            for param in self.params
            if type(param.form).gone is not Shape.gone
            and type(param.type).exists is not ValueType.exists
        )

    def writes_of(self, stored: Stored) -> tuple[str, ...]:
        """`writes` of one that is stored."""
        return self.writes

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        return {}

    def goes_outside(self, stored: Stored) -> bool:
        """Whether its texts are read by others than colleagues."""
        return False

    def hindered(self, after: Mapping[str, Any]) -> str:
        """Why the case can't take the values planned, untranslated; it is left as it was."""
        return ""

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        raise NotImplementedError

    def sentence(self, stored: Stored) -> Sentence:
        if self.phrase_for_none and stored.get("value") is None:
            return words(_(self.phrase_for_none))
        told: dict[str, str | Sentence] = {}
        for param in self.params:
            shown = param.form.told(stored.get(param.name), param.type)
            told[param.name] = shown.get("value", "")
        return filled(_(self.phrase), **told)

    def blank(self) -> dict[str, Any]:
        """A new row of the editor."""
        return {"do": self.key, **{p.name: p.blank for p in self.params}}

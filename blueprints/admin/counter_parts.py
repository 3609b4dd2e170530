"""Parts of the counter editor: a length of time, a limit of its own, a step before or after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from core.i18n import N_, _
from desk.automation.checks import problems_of_texts
from desk.automation.definition import Problem, problems_of_action
from desk.deadlines.targets import problem_of_limit
from models import Priority

UNITS = {"min": N_("minutes"), "h": N_("hours")}
MINUTES = {"min": 1, "h": 60}
SIDES = {"before": N_("before the limit"), "at": N_("at the limit"), "after": N_("after the limit")}


@dataclass
class Amount:
    """A length of working time as it was written."""

    text: str = ""
    unit: str = "min"

    @property
    def minutes(self) -> int:
        """Negative when it is no length of time in whole minutes."""
        try:
            exact = float(self.text.replace(",", ".")) * MINUTES[self.unit]
        except (KeyError, ValueError):
            return -1
        return int(exact) if 0 <= exact < 1e7 and exact == int(exact) else -1

    @classmethod
    def of(cls, minutes: int) -> Self:
        whole = minutes >= 60 and minutes % 60 == 0
        return cls(str(minutes // 60), "h") if whole else cls(str(minutes))

    @classmethod
    def written(cls, text: str, unit: str) -> Self:
        return cls(text[:20], unit or "min")


@dataclass
class TargetRow:
    """A limit for some priorities or some categories of clients."""

    priorities: list[int] = field(default_factory=list)
    categories: list[int] = field(default_factory=list)
    limit: Amount = field(default_factory=lambda: Amount("15"))

    @property
    def problem(self) -> str:
        if not set(self.priorities) <= set(Priority):
            return _("Not a valid choice.")
        if not self.priorities and not self.categories:
            return _("A limit of its own is for a priority or a category of clients: choose one.")
        return problem_of_limit(self.limit.minutes)

    @property
    def stored(self) -> dict[str, Any]:
        """As models.CounterPolicyVersion keeps it."""
        chosen = {"priorities": self.priorities, "categories": self.categories}
        asked: dict[str, Any] = {name: ids for name, ids in chosen.items() if ids}
        return {**asked, "minutes": self.limit.minutes}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            list(stored.get("priorities", ())),
            list(stored.get("categories", ())),
            Amount.of(stored["minutes"]),
        )


@dataclass
class Step:
    """`side` of the limit, and how far from it; nothing at the limit itself."""

    side: str
    by: Amount
    then: list[dict[str, Any]]

    def after(self, limit: int) -> int:
        """Working minutes from the start, as they are stored; negative when it can't be."""
        if self.side == "at":
            return limit
        by = self.by.minutes
        if by < 0 or self.side not in SIDES:
            return -1
        return limit - by if self.side == "before" else limit + by

    @classmethod
    def of(cls, stored: Mapping[str, Any], limit: int) -> Self:
        away = stored["after"] - limit
        side = "at" if not away else ("before" if away < 0 else "after")
        return cls(side, Amount.of(abs(away)) if away else Amount(), list(stored["then"]))

    def problems(self, path: str, limit: int) -> list[Problem]:
        found = []
        if self.side not in SIDES:
            found.append(Problem(f"{path}.by", _("Choose when it comes.")))
        elif self.side != "at" and self.by.minutes < 0:
            found.append(Problem(f"{path}.by", _("A step comes after a whole number of minutes.")))
        elif limit and self.after(limit) < 0:
            found.append(Problem(f"{path}.by", _("It would come before the clock starts.")))
        if not self.then:
            found.append(Problem(f"{path}.then", _("Choose at least one action.")))
        for at, action in enumerate(self.then):
            found += problems_of_action(action, f"{path}.then.{at}")
        return found or problems_of_texts(self.then, f"{path}.then")

"""The outcome of a replay as people read it; what is stored of it is ids, numbers and values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.db import db
from core.i18n import _
from desk import access
from desk.automation.told import field_name
from desk.catalog import catalog
from models import Case, Job, Participant, Rule

NOTHING: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True)
class RuleLine:
    """What one rule would have done; `live` is how often it acted in life."""

    rule_id: int
    name: str
    fired: int
    cases: int
    mails: int
    failed: int
    cut: int
    error: str
    live: int
    is_tried: bool


@dataclass(frozen=True)
class Difference:
    """One field of a ticket: as it is, as it would be; `by` = who would have set it last.

    `is_mine`: the rule that is tried is why.
    """

    label: str
    before: str
    after: str
    by: str
    is_mine: bool


@dataclass(frozen=True)
class Ticket:
    """A ticket that would have ended otherwise. `is_mine`: the rule that is tried is why."""

    case: Case
    is_mine: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Day:
    """How often the rule would have acted; `otherwise` of these on tickets that end otherwise."""

    at: datetime  # its noon
    fired: int
    otherwise: int
    mails: int


@dataclass(frozen=True)
class Outcome:
    """Of a replay that is done, for one reader: tickets that are hidden from them are left out."""

    job: Job
    reader: Participant

    @property
    def kept(self) -> dict[str, Any]:
        return self.job.result

    @property
    def since(self) -> datetime:
        return datetime.fromisoformat(self.kept["since"])

    @property
    def until(self) -> datetime:
        return datetime.fromisoformat(self.kept["until"])

    @property
    def is_of_one(self) -> bool:
        """One rule was tried, not all as they are."""
        return self.kept["focus"] is not None

    @cached_property
    def rules(self) -> list[RuleLine]:
        return [self._line(*row) for row in self.kept["rules"]]

    def _line(self, number: int, fired: int, cases: int, *rest: Any) -> RuleLine:
        mails, failed, cut, error = rest
        return RuleLine(
            rule_id=number,
            name=self.name_of(number),
            fired=fired,
            cases=cases,
            mails=mails,
            failed=failed,
            cut=cut,
            error=error,
            live=self.kept["live"].get(str(number), 0),
            is_tried=number == self.kept["focus"],
        )

    @cached_property
    def fired(self) -> int:
        return sum(day.fired for day in self.days)

    @cached_property
    def mails(self) -> int:
        return sum(day.mails for day in self.days)

    @property
    def mails_a_day(self) -> float:
        return self._a_day(self.mails)

    def mails_a_day_of(self, rule_id: int) -> float:
        return self._a_day(sum(line.mails for line in self.rules if line.rule_id == rule_id))

    def _a_day(self, count: int) -> float:
        return round(count / max(len(self.days), 1), 1)

    @property
    def held(self) -> int:
        """Mails of all rules that the storm brakes would have held back."""
        return int(self.kept.get("held", 0))

    @property
    def otherwise(self) -> int:
        """Tickets that end otherwise: because of the rule that is tried, if it is one."""
        return int(self.kept["mine" if self.is_of_one else "differing"])

    @property
    def others(self) -> int:
        """Tickets that end otherwise without the rule that is tried: the rules have changed."""
        return int(self.kept["differing"] - self.kept["mine"])

    @cached_property
    def days(self) -> list[Day]:
        """Every day of the time, also those on which nothing happened."""
        zone, found = ZoneInfo(self.job.arguments.get("zone") or "UTC"), self.kept["days"]
        first = self.since.astimezone(zone).date()
        count = (self.until.astimezone(zone).date() - first).days + 1
        days = [first + timedelta(days=at) for at in range(count)]
        noons = [datetime.combine(day, time(12), zone) for day in days]
        return [Day(at, *found.get(at.date().isoformat(), (0, 0, 0))) for at in noons]

    @property
    def highest(self) -> int:
        return max((day.fired for day in self.days), default=0)

    @cached_property
    def tickets(self) -> list[Ticket]:
        return list(self._tickets())

    def _tickets(self) -> Iterator[Ticket]:
        kept = self.kept["tickets"]
        numbers = [one["case"] for one in kept]
        query = access.visible_cases(self.reader).where(Case.id.in_(numbers))
        rows = {row.id: row for row in db.session.scalars(query)}
        for one in kept:
            if one["case"] in rows:
                differences = tuple(self._difference(*row) for row in one["fields"])
                yield Ticket(rows[one["case"]], one["mine"], differences)

    def _difference(
        self, name: str, before: Any, after: Any, by: int | None, is_mine: bool = True
    ) -> Difference:
        who = self.name_of(by) if by else ""
        return Difference(field_name(name), _said(name, before), _said(name, after), who, is_mine)

    @property
    def stopped(self) -> list[tuple[str, str, int]]:
        """Who would have kept whom from acting by "stop here", and how often."""
        return [(self.name_of(a), self.name_of(b), n) for a, b, n in self.kept["stopped"]]

    @property
    def calls(self) -> int:
        """Of other programs; the storm brakes are not asked."""
        return int(self.kept.get("calls", 0))

    @property
    def called(self) -> list[Mapping[str, Any]]:
        return self._seen(self.kept.get("called", []))

    @property
    def letters(self) -> list[Mapping[str, Any]]:
        return self._seen(self.kept["letters"])

    def _seen(self, samples: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        numbers = [one["case"] for one in samples]
        seen = access.visible_cases(self.reader).where(Case.id.in_(numbers))
        visible = {row.id for row in db.session.scalars(seen)}
        return [one for one in samples if one["case"] in visible]

    def name_of(self, number: int) -> str:
        if number == self.kept["focus"]:
            return str(self.job.arguments.get("name") or _("This trigger"))
        return self._names.get(number) or _("removed (%(id)s)", id=number)

    @cached_property
    def _names(self) -> dict[int, str]:
        numbers = [row[0] for row in self.kept["rules"]]
        numbers += [number for row in self.kept["stopped"] for number in row[:2]]
        numbers += [row[3] for one in self.kept["tickets"] for row in one["fields"] if row[3]]
        query = select(Rule).where(Rule.id.in_(set(numbers)))
        return {rule.id: rule.name for rule in db.session.scalars(query)}


def _said(name: str, value: Any) -> str:
    return _("none") if value in NOTHING else catalog().name_of(name, value)

"""A ticket and its clocks as they must be, and the mails: what the judge counts with."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tests.story.office_hours import after, between
from tests.story.timetable import Writer

LINE_OF = {"masha": 1, "yana": 1, "artyom": 1, "sergey": 2, "vera": 3, "olga": 2, "anton": 2}
MEMBERS = {"first": ("masha", "yana"), "couriers": ("yana", "artyom"), "repair": ("sergey",)}
HANDLERS = {"first": "masha", "couriers": "artyom", "repair": "sergey"}
CALENDAR = {"no_answer_couriers": "couriers", "no_answer": "office", "no_activity": "office"}
STEPS = {"no_answer_couriers": (15, 30, 60), "no_answer": (15, 30, 60), "no_activity": (1440,)}
# (mails, minutes): what one address gets of rules and counters at most.
BRAKES = ((30, 10), (60, 30), (120, 60), (240, 180), (360, 600))
OVER = ("solved", "closed")
PROMISED_MINUTES = 60


@dataclass
class Clock:
    """`before` = (calendar, until): by which it counted until another counter took it over."""

    started: datetime
    state: str = "running"
    step: int = 0
    before: tuple[str, datetime] | None = None


@dataclass
class Expected:
    """A ticket as it must be; people, statuses and the like by their keys."""

    number: int
    writer: Writer
    locale: str
    type: str
    status: str = "new"
    group: str = ""
    assignee: str = ""
    line: int = 1
    priority: int = 2
    tags: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    notes: int = 0
    ran: set[str] = field(default_factory=set)  # triggers that act once a ticket
    clocks: dict[str, Clock] = field(default_factory=dict)

    def due(self, policy: str) -> datetime | None:
        clock = self.clocks[policy]
        if clock.state != "running" or clock.step == len(STEPS[policy]):
            return None
        minutes, since = STEPS[policy][clock.step], clock.started
        if clock.before is not None:
            calendar, until = clock.before
            done = between(calendar, since, until)
            if minutes <= done:
                return after(calendar, since, minutes)
            minutes, since = minutes - done, until
        return after(CALENDAR[policy], since, minutes)

    def leave_to(self, group: str, at: datetime) -> None:
        """Into a group; who is not in it no longer has the ticket."""
        self.group = group
        if self.assignee not in MEMBERS[group]:
            self.assignee = ""
        for policy in ("no_answer_couriers", "no_answer"):
            if policy in self.clocks and self.clocks[policy].state == "running":
                self.go_on_under(self.policy_of_answers, policy, at)
                return

    @property
    def policy_of_answers(self) -> str:
        return "no_answer_couriers" if self.group == "couriers" else "no_answer"

    def go_on_under(self, policy: str, before: str, at: datetime) -> None:
        """Another clock of the kind takes over, with what was worked and all its steps."""
        if policy != before:
            clock = self.clocks[before]
            self.clocks[policy] = Clock(clock.started, before=(CALENDAR[before], at))
            clock.state = "stopped"

    def pass_to_second_line(self) -> None:
        if self.line != 2 and LINE_OF.get(self.assignee) != 2:
            self.assignee = ""
        self.line = 2

    def stir(self, at: datetime) -> None:
        """Somebody did something: the clock of silence begins anew, or stops with the work."""
        if self.status in OVER:
            for clock in self.clocks.values():
                clock.state = "stopped"
        else:
            self.clocks["no_activity"] = Clock(at, "paused" if self.status == "mars" else "running")

    def await_answer(self, at: datetime) -> None:
        self.clocks[self.policy_of_answers] = Clock(at)

    def taken(self) -> None:
        for policy, clock in self.clocks.items():
            if policy != "no_activity":
                clock.state = "stopped"


@dataclass(frozen=True, order=True)
class Mail:
    """`at` = when it was written and sent; `kind` as in mailbag.py."""

    at: datetime
    to: str
    kind: str
    number: int


def address_of(person: str) -> str:
    return f"{person}@kurier.example"


def room_for(sent: Iterable[datetime], at: datetime) -> int:
    """How many more reminders may go to an address that got those."""
    ages = [(at - one).total_seconds() / 60 for one in sent]
    return max(0, min(most - sum(age < minutes for age in ages) for most, minutes in BRAKES))

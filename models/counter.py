"""Clocks on cases: calendars, policies, running counters, their ledger and firings."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.case import Case
from models.event import EventRecord
from models.named import Named
from models.participant import Participant

WAITING = text("due_at IS NOT NULL")
FAILING = text("failures > 0")
STALE = text("stale")
STALE_IN_SQLITE = text("stale = 1")
UNTOLD = text("told < 2 AND state = 'running'")
NOT_NEAR = text("told = 0 AND state = 'running'")
OWN_CALENDAR = text("calendar_id IS NOT NULL")


class CounterState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Calendar(Named, Base):
    """Working windows a week, holidays of a country, exceptions by date; see desk.business_time."""

    __tablename__ = "calendar"

    id: Mapped[int] = mapped_column(primary_key=True)
    zone: Mapped[str] = mapped_column(String(64))
    week: Mapped[list[Any]]
    holidays: Mapped[str | None] = mapped_column(String(8))
    exceptions: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CounterPolicy(Named, Base):
    """Which counter runs on which cases; the first policy of a kind whose conditions hold."""

    __tablename__ = "counter_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    is_active: Mapped[bool] = mapped_column(default=True)
    version_number: Mapped[int] = mapped_column(default=1)

    versions: Mapped[list["CounterPolicyVersion"]] = relationship(
        back_populates="policy", order_by="CounterPolicyVersion.number"
    )

    @property
    def edition(self) -> str:
        """What an editor was based on. By the key, too: SQLite gives the id of a deleted counter
        to the next one."""
        return f"{self.key}.{self.version_number}"


class CounterPolicyVersion(Base):
    """Never changed once saved. `steps` = [{"after": working minutes, "then": [actions]}].

    `targets` = [{"priorities": [numbers], "categories": [ids], "minutes": limit}]: the first that
    fits gives the limit instead of `limit_minutes`, and the steps keep their distance to it.
    `options` = what its kind asks for besides.
    """

    __tablename__ = "counter_policy_version"
    __table_args__ = (UniqueConstraint("policy_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("counter_policy.id"))
    number: Mapped[int]
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"))
    conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    pause_statuses: Mapped[list[Any]] = mapped_column(default=list)
    limit_minutes: Mapped[int]
    targets: Mapped[list[Any]] = mapped_column(default=list)
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    steps: Mapped[list[Any]] = mapped_column(default=list)
    author_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    at: Mapped[datetime]

    policy: Mapped[CounterPolicy] = relationship(back_populates="versions")
    calendar: Mapped[Calendar] = relationship()
    author: Mapped[Participant] = relationship()


class Counter(Base):
    """One clock on one case. `due_at` is when the next step fires, null when nothing is to come.

    `limit_at` is the deadline itself, `near_at` when it begins to be near; a new episode begins
    each time the clock starts anew.
    `limit_minutes` = the target of this case. `stale`: to be computed anew, and not fired before.
    `told` = how far colleagues were told of its limit: 0 not, 1 that it is near, 2 that it passed.
    `near_told_of` = of which limit they heard it last: they hear it once of each. `late_told_of` =
    until when they knew that it is late: a limit that lies before that is the same lateness.
    """

    __tablename__ = "counter"
    __table_args__ = (
        Index("ix_counter_due", "due_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_counter_policy", "policy_id", "state", "limit_at"),
        Index("ix_counter_stale", "id", sqlite_where=STALE_IN_SQLITE, postgresql_where=STALE),
        Index("ix_counter_failing", "id", sqlite_where=FAILING, postgresql_where=FAILING),
        Index(
            "ix_counter_untold", "told", "limit_at", sqlite_where=UNTOLD, postgresql_where=UNTOLD
        ),
        Index("ix_counter_near", "near_at", sqlite_where=NOT_NEAR, postgresql_where=NOT_NEAR),
        UniqueConstraint("case_id", "policy_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    policy_id: Mapped[int] = mapped_column(ForeignKey("counter_policy.id"))
    policy_version_id: Mapped[int] = mapped_column(ForeignKey("counter_policy_version.id"))
    episode: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(8))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    limit_at: Mapped[datetime | None]
    near_at: Mapped[datetime | None]
    limit_minutes: Mapped[int]
    stale: Mapped[bool] = mapped_column(default=False)
    next_step: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    told: Mapped[int] = mapped_column(default=0)
    near_told_of: Mapped[datetime | None]
    late_told_of: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship(back_populates="counters")
    policy: Mapped[CounterPolicy] = relationship()
    policy_version: Mapped[CounterPolicyVersion] = relationship()
    spans: Mapped[list["CounterSpan"]] = relationship(order_by="CounterSpan.id")
    firings: Mapped[list["CounterFiring"]] = relationship(order_by="CounterFiring.id")


class CounterSpan(Base):
    """A stretch of the ledger: counting or not, and why. `until` null = still under way.

    `calendar_id` = by which it was counted before another counter took the clock; null = by that
    of its counter.
    """

    __tablename__ = "counter_span"
    __table_args__ = (
        Index(
            "ix_counter_span_calendar",
            "calendar_id",
            sqlite_where=OWN_CALENDAR,
            postgresql_where=OWN_CALENDAR,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"), index=True)
    episode: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    counts: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(64))
    calendar_id: Mapped[int | None]


class CounterFiring(Base):
    """A step that fired, once for each episode; kept for ever."""

    __tablename__ = "counter_firing"
    __table_args__ = (UniqueConstraint("counter_id", "episode", "policy_version_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"))
    episode: Mapped[int]
    policy_version_id: Mapped[int] = mapped_column(ForeignKey("counter_policy_version.id"))
    step: Mapped[int]
    due_at: Mapped[datetime]
    at: Mapped[datetime] = mapped_column(index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))

    event: Mapped[EventRecord | None] = relationship()


class Outcome(StrEnum):
    MET = "met"
    MISSED = "missed"


class CounterEpisode(Base):
    """How one run of a counter ended; kept for ever. `cause` = why it was missed, a word."""

    __tablename__ = "counter_episode"
    __table_args__ = (
        UniqueConstraint("counter_id", "episode"),
        Index("ix_counter_episode_policy", "policy_id", "ended_at"),
        Index("ix_counter_episode_ended", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"))
    episode: Mapped[int]
    policy_id: Mapped[int] = mapped_column(ForeignKey("counter_policy.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    limit_minutes: Mapped[int]
    worked_seconds: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(8))
    cause: Mapped[str] = mapped_column(String(24), default="")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("staff_group.id"))

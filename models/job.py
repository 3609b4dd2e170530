"""Long work that is done in the background: asked for, watched, cancelled, kept for a while."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.participant import Participant


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Job(Base):
    """One piece of work, done under a lease; `done` of `total` is how far it is.

    `result` has a bounded size. `attempts` counts how often it was begun: it is begun anew when the
    process that had it is gone.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "id"), Index("ix_job_kind", "kind", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(10), default=JobState.QUEUED)
    arguments: Mapped[dict[str, Any]]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    by: Mapped[Participant] = relationship()

    @property
    def is_over(self) -> bool:
        return self.state not in (JobState.QUEUED, JobState.RUNNING)

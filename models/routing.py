"""What waits for somebody, and who was given what and why."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.case import Case


class Duty(Base):
    """What changes about an agent all day long, apart from their row so that nobody waits for it.

    `seen_at` = last sign of an open page, `active_at` = of a person at it, `left_at` = when the
    last page said that it closes. `last_given` = number of the hand-out that gave them work last;
    `given` = works given on the day `given_on` of the company; `freed_at` = when they last had a
    slot freed. `was_on` = whether they were at work when it was last looked, None before that.
    """

    __tablename__ = "duty"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    seen_at: Mapped[datetime | None]
    active_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    last_given: Mapped[int] = mapped_column(default=0)
    given_on: Mapped[date | None]
    given: Mapped[int] = mapped_column(default=0)
    freed_at: Mapped[datetime | None]
    was_on: Mapped[bool | None]


class Waiting(Base):
    """A case in the queue of a group. `demand` is equal for cases that the same agents can take.

    `since` = when it came to this group; `been` = groups that it overflowed from; `passed_over` =
    agents who had it and did not answer. `asked` = a trigger asked for the dispatcher where the
    group has none of its own.
    """

    __tablename__ = "waiting"
    __table_args__ = (Index("ix_waiting_group", "group_id", "demand"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("staff_group.id"))
    since: Mapped[datetime]
    demand: Mapped[str] = mapped_column(String(120))
    been: Mapped[list[Any]] = mapped_column(default=list)
    passed_over: Mapped[list[Any]] = mapped_column(default=list)
    asked: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship()


class Routing(Base):
    """A decision of the dispatcher. The id is the number of the hand-out.

    `chosen_id` None = it waits. `since` = when it had begun to wait. `given_back_at` = a dialog
    that the chosen one did not answer. `packed`: see desk.dispatcher.packing.
    """

    __tablename__ = "routing"
    __table_args__ = (
        Index("ix_routing_case", "case_id", "id"),
        Index("ix_routing_group", "group_id", "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("staff_group.id"))
    at: Mapped[datetime]
    chosen_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    since: Mapped[datetime | None]
    given_back_at: Mapped[datetime | None]
    packed: Mapped[dict[str, Any]] = mapped_column(default=dict)

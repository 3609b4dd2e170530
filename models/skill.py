"""What people can do, how well, and what a type of ticket asks for."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from models.named import Named

LEVELS = range(1, 6)


class Skill(Named, Base):
    __tablename__ = "skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class StaffSkill(Base):
    """`level` is one of LEVELS; who has no row has not learnt it."""

    __tablename__ = "staff_skill"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True, index=True)
    level: Mapped[int] = mapped_column(default=1)


class TypeNeed(Base):
    """Who takes a ticket of this type has this skill at this level or above."""

    __tablename__ = "type_need"

    type_id: Mapped[int] = mapped_column(ForeignKey("ticket_type.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True, index=True)
    level: Mapped[int] = mapped_column(default=1)

"""Triggers, their versions, and what each decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from core.i18n import locale
from models.participant import Participant


class RuleState(StrEnum):
    DRAFT = "draft"
    SHADOW = "shadow"
    ON = "on"
    OFF = "off"


class Rule(Base):
    """A trigger: its place in the order, its state, and the version in force."""

    __tablename__ = "rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(8), default=RuleState.DRAFT)
    name_ru: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    version_number: Mapped[int] = mapped_column(default=1)
    broken: Mapped[str] = mapped_column(default="")  # why it was switched off by the product
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    versions: Mapped[list["RuleVersion"]] = relationship(
        back_populates="rule", order_by="RuleVersion.number"
    )

    @property
    def name(self) -> str:
        return (self.name_en if locale() == "en" else self.name_ru) or self.name_ru or self.name_en


class RuleVersion(Base):
    """Never changed once saved. The shape of `definition` is written down in docs/triggers.md."""

    __tablename__ = "rule_version"
    __table_args__ = (UniqueConstraint("rule_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("rule.id"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]]
    author_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    rule: Mapped[Rule] = relationship(back_populates="versions")
    author: Mapped[Participant] = relationship()


class RuleSet(Base):
    """The ordered active versions at some time: what a process compiles once."""

    __tablename__ = "ruleset"

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    version_ids: Mapped[list[Any]]
    at: Mapped[datetime]


class Decision(Base):
    """What the rules decided about one event of one case.

    `packed`: of each rule of the set why it had no effect, and what it saw (automation/reasons.py).
    """

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"))
    at: Mapped[datetime]
    packed: Mapped[bytes] = mapped_column(default=b"")

    ruleset: Mapped[RuleSet] = relationship()
    runs: Mapped[list["RuleRun"]] = relationship(back_populates="decision", order_by="RuleRun.id")


class RuleRun(Base):
    """A rule whose conditions held. state done | failed | shadow | skipped | cut.

    `effects` = [{"do", "at", "changes" {field: [from, to]}, "receipts", "skipped"}], one an action.
    `retry_of_id`: the failed run that a person let do its work once more.
    """

    __tablename__ = "rule_run"
    __table_args__ = (
        Index("ix_rule_run_rule", "rule_id", "id"),
        Index("ix_rule_run_case", "case_id", "rule_id"),
        Index("ix_rule_run_at", "at", "rule_id", "state"),
        Index(
            "ix_rule_run_retry",
            "retry_of_id",
            unique=True,
            sqlite_where=text("retry_of_id IS NOT NULL"),
            postgresql_where=text("retry_of_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("rule.id"))
    rule_version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    effects: Mapped[list[Any]] = mapped_column(default=list)
    error: Mapped[str] = mapped_column(default="")
    ms: Mapped[float] = mapped_column(default=0.0)
    retry_of_id: Mapped[int | None] = mapped_column(ForeignKey("rule_run.id"))

    decision: Mapped[Decision] = relationship(back_populates="runs")
    rule: Mapped[Rule] = relationship()
    version: Mapped[RuleVersion] = relationship()

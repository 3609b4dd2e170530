"""Those who ask: clients, their companies and categories."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, cast, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from core.db import Base
from models.named import Named
from models.participant import Participant, ParticipantKind


class Company(Base):
    __tablename__ = "company"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]

    clients: Mapped[list["Client"]] = relationship(back_populates="company")


class ClientCategory(Named, Base):
    """What kind of client this is to us: key account, trial, ..."""

    __tablename__ = "client_category"

    id: Mapped[int] = mapped_column(primary_key=True)


class ClientInCategory(Base):
    __tablename__ = "client_in_category"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("client_category.id"), primary_key=True)


class Client(Participant):
    """One who asks. `manages_company` = may look after the users of the own company."""

    __tablename__ = "client"

    id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    manages_company: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")

    company: Mapped[Company | None] = relationship(back_populates="clients")
    categories: Mapped[list[ClientCategory]] = relationship(
        secondary="client_in_category", order_by=ClientCategory.position
    )
    # For pages, as `Case.tags_read`: ids, for the names are in two languages.
    categories_read: Mapped[str | None] = column_property(
        select(func.aggregate_strings(cast(ClientInCategory.category_id, String), ","))
        .where(ClientInCategory.client_id == id)
        .scalar_subquery(),
        deferred=True,
    )

    __mapper_args__ = {"polymorphic_identity": ParticipantKind.CLIENT}

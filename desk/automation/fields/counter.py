"""Which counter fired."""

from sqlalchemy import select

from core.bus import unit
from core.db import db
from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.subjects import TICKET
from desk.automation.types import Choice, Options
from models import CounterPolicy


class Policies(Choice):
    """Counter policies; there are few, and they are read once a unit of work."""

    def __init__(self) -> None:
        super().__init__("counter")

    def options(self) -> Options:
        return [(row.id, row.name) for row in self._rows().values()]

    def named(self, value: int | None) -> str:
        row = self._rows().get(value or 0)
        return row.name if row else super().named(value)

    def exists(self, value: int) -> bool:
        return value in self._rows()

    def _rows(self) -> dict[int, CounterPolicy]:
        notes = unit().notes
        if "counter policies" not in notes:
            rows = db.session.scalars(select(CounterPolicy).order_by(CounterPolicy.position))
            notes["counter policies"] = {row.id: row for row in rows}
        found: dict[int, CounterPolicy] = notes["counter policies"]
        return found


class PoliciesInForce(Policies):
    """Those that are switched on: only they can be set going."""

    def options(self) -> Options:
        return [(row.id, row.name) for row in self._rows().values() if row.is_active]

    def exists(self, value: int) -> bool:
        row = self._rows().get(value)
        return row is not None and row.is_active

    def is_gone(self, value: int) -> bool:
        return value not in self._rows()


class Counter(Field):
    key = "counter"
    label = N_("Counter")
    section = "time"
    position = 240
    subjects = (TICKET,)
    type = Policies()

    def of(self, subject: Subject) -> int | None:
        fired = [event for event in subject.occurrence.events if event.kind == "counter_fired"]
        return fired[-1].data.get("policy") if fired else None

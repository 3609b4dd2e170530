"""What the status means, whatever the company calls it."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import Words
from desk.catalog import catalog
from models import StatusCategory

NAMES = {
    StatusCategory.NEW.value: N_("New"),
    StatusCategory.OPEN.value: N_("In work"),
    StatusCategory.PENDING.value: N_("Waiting"),
    StatusCategory.SOLVED.value: N_("Solved"),
    StatusCategory.CLOSED.value: N_("Closed"),
}


class CategoryOfStatus(Field):
    key = "status_category"
    label = N_("Kind of status")
    position = 15
    type = Words("status_category", NAMES)
    reads = ("status",)

    def reader(self) -> Callable[[Moment], str | None]:
        return lambda moment: _category(moment.facts["status"])


def _category(status_id: int | None) -> str | None:
    row = catalog().statuses.get(status_id or 0)
    return str(row.category) if row else None

"""Fields that are another field seen otherwise: what is asked of them is asked of that one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core import clock
from desk.automation.facts import Facts
from desk.automation.fields import FIELDS
from desk.automation.moment import Moment
from desk.catalog import catalog


@dataclass(frozen=True)
class Derived:
    """`base` = the field it is computed from; `values()` = those of the base that give all of its
    own."""

    key: str
    base: str
    values: Callable[[], list[Any]]

    def of(self, value: Any) -> Any:
        """What it is where the base has this value."""
        return FIELDS[self.key].reader()(Moment(Facts({self.base: value}), {}, clock.now()))


def _a_status_of_each_kind() -> list[int]:
    return list({row.category: row.id for row in catalog().statuses.values()}.values())


DERIVED: Mapping[str, Derived] = {
    each.key: each
    for each in (
        Derived("status_category", "status", _a_status_of_each_kind),
        Derived("client_has_open_tickets", "client_open_tickets", lambda: [0, 1]),
    )
}

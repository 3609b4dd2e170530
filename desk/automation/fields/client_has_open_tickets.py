"""Whether another ticket of the same client is open."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import YesNo, yes_or_no


class ClientHasOpenTickets(Field):
    key = "client_has_open_tickets"
    label = N_("Client has other open tickets")
    section = "client"
    position = 169
    type = YesNo()
    reads = ("client_open_tickets",)

    def reader(self) -> Callable[[Moment], str]:
        return lambda moment: yes_or_no(bool(moment.facts["client_open_tickets"]))

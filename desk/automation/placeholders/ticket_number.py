"""The number that people quote."""

from core.i18n import N_
from desk.automation.placeholder import Placeholder, Scene


class TicketNumber(Placeholder):
    key = "ticket.number"
    label = N_("Number of the ticket")
    position = 10

    def value(self, scene: Scene) -> str:
        return str(scene.case.number)

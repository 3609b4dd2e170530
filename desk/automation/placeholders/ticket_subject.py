"""What the ticket is about."""

from core.i18n import N_
from desk.automation.placeholder import Placeholder, Scene


class TicketSubject(Placeholder):
    key = "ticket.subject"
    label = N_("Subject of the ticket")
    position = 20

    def value(self, scene: Scene) -> str:
        return scene.case.subject

"""The safe link for a client, the workspace for colleagues."""

from core.i18n import N_
from desk import mails
from desk.automation.placeholder import Placeholder, Scene


class TicketLink(Placeholder):
    key = "ticket.link"
    label = N_("Link to the ticket")
    position = 30

    def value(self, scene: Scene) -> str:
        return mails.link_of(scene.case, to_client=scene.to_client)

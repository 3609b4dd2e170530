"""The safe link for a client, the workspace for colleagues, none for strangers."""

from core.i18n import N_
from desk import mails
from desk.automation.placeholder import Placeholder, Reader, Scene


class TicketLink(Placeholder):
    key = "ticket.link"
    label = N_("Link to the ticket")
    position = 30

    def value(self, scene: Scene) -> str:
        if scene.reader is Reader.STRANGER:
            return ""
        return mails.link_of(scene.case, to_client=scene.reader is Reader.CLIENT)

"""Make a ticket of a dialog."""

from core.i18n import N_
from desk import dialogs
from desk.automation.action import Action, Doing, Receipts, Stored
from desk.automation.subjects import DIALOG

ALREADY = N_("it was one already")


class TurnIntoTicket(Action):
    key = "turn_into_ticket"
    label = N_("Turn into a ticket")
    phrase = N_("turn into a ticket")
    position = 120
    subjects = (DIALOG,)
    held = N_("left as it is: %(why)s")
    leaves = True

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        there = dialogs.ticket_of(doing.case)
        ticket = there or dialogs.turn_into_ticket(doing.case)
        return ((f"№ {ticket.number}", ALREADY if there else ""),)

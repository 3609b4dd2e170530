"""Write an internal note."""

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.placeholder import Scene
from desk.automation.templates import rendered


class AddNote(Action):
    key = "add_note"
    label = N_("Add an internal note")
    phrase = N_("note %(text)s")
    position = 100
    params = (Param("text", N_("Text"), "area", has_placeholders=True),)
    tells = ("note_added",)
    leaves = True

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        scene = Scene(doing.case, doing.occurrence)
        tickets.add_note(doing.case, rendered(stored["text"], scene))
        return ()

"""Write an internal note."""

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.placeholder import Scene
from desk.automation.templates import MARK, rendered
from desk.texts import MAX_TEXT, is_seen

NOTHING = N_("there is nothing to write")


class AddNote(Action):
    key = "add_note"
    label = N_("Add an internal note")
    phrase = N_("note %(text)s")
    position = 100
    params = (Param("text", N_("Text"), "area", has_placeholders=True),)
    held = N_("not written, %(why)s")
    tells = ("note_added",)
    leaves = True

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        scene = Scene(doing.case, doing.occurrence)
        text = rendered(stored["text"], scene)[:MAX_TEXT]
        if not is_seen(text):
            return (("", NOTHING),)
        tickets.add_note(doing.case, text)
        return ()


def says_something(stored: Stored, scene: Scene) -> bool:
    """Of placeholders alone nothing may be left: nobody is the assignee."""
    text = stored["text"]
    return is_seen(MARK.sub("", text)) or is_seen(rendered(text, scene))

"""What is said of a group where it is edited, and the words that are offered there."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import N_
from desk.dispatcher import MODES
from models import Leaving

BY_HAND = N_("People take work themselves")
MODE_NAMES = {"": BY_HAND} | {key: mode.label for key, mode in MODES.items()}
MODE_NOTES = {
    "": N_("Nothing is given out by itself."),
    "least_loaded": N_("Even load; suits most groups."),
    "alphabetical": N_("The end of the list is a reserve and gets what the others can't take."),
    "longest_idle": N_("Who has waited longest for work gets it; suits dialogs and calls."),
    "round_robin": N_("Everybody gets equally many, whatever they have in hand."),
    "by_weight": N_("Shares of the day's work as set on people's pages; beginners get less."),
}
LEAVING_NAMES = {
    Leaving.KEEP: N_("stays with them"),
    Leaving.HAND_ON: N_("is handed on: to the stand-in, else to somebody free"),
    Leaving.QUEUE: N_("goes back to the queue of the group"),
}


@dataclass(frozen=True)
class GroupSaid:
    """Named as the columns of Group; `members` = ids. None = not set."""

    name_ru: str = ""
    name_en: str = ""
    line: int = 1
    direction_id: int | None = None
    head_id: int | None = None
    members: Sequence[int] = ()
    mode: str = ""
    is_sticky: bool = False
    asks_language: bool = False
    ticket_limit: int | None = None
    dialog_limit: int | None = None
    overflow_minutes: int | None = None
    overflow_to_id: int | None = None
    answer_seconds: int | None = None
    at_shift_end: str = Leaving.KEEP
    at_absence: str = Leaving.HAND_ON

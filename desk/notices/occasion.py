"""An occasion to tell a colleague something: whom, in which words, how unless chosen otherwise."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.i18n import N_, _
from desk import events
from desk.catalog import catalog
from models import Case, Staff

APP, MAIL, DESKTOP = "app", "mail", "desktop"


class Occasion:
    """`label` stands in the settings; `title` is the sentence, with %(number)s and what `data` has.

    `weight`: of several in one unit of work the app tells the heaviest; what weighs nothing is not
    told to somebody who hears of the ticket anyway. `folds`: people may cause many in a row, and
    what is too much for a mail each then comes together.
    """

    key: str = ""
    position: int = 0
    label: str = ""
    explained: str = ""
    icon: str = "bell"
    title: str = ""
    usual: tuple[str, ...] = (APP, MAIL)
    weight: int = 1
    template: str = "staff"  # of the outbox
    button: str = N_("Open in the workspace")
    for_admins: bool = False
    about_ticket: bool = True
    folds: bool = False

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        """The colleagues whom an event of a case concerns; who did it is left out later."""
        return ()

    def holds_still(self, case: Case, person: Staff, data: Mapping[str, Any]) -> bool:
        """Whether a mail that waited still says what is so. What somebody did stays done."""
        return True

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        """In the reader's language."""
        return _(self.title, number=number, **data)

    def detail(self, data: Mapping[str, Any]) -> str:
        """A second line, or nothing."""
        return str(data.get("words", ""))

    def paragraphs(self, data: Mapping[str, Any]) -> list[str]:
        """What a mail says besides the ticket and the words."""
        return []

    def path(self, number: int | None, data: Mapping[str, Any]) -> str:
        """Where it leads."""
        return f"/agent/t/{number}"


def assignee_of(case: Case) -> Staff | None:
    return catalog().staff.get(case.assignee_id or 0)


def members_of(case: Case) -> list[Staff]:
    """The colleagues who share the queue that the case lies in."""
    known = catalog()
    return [known.staff[one] for one in known.members.get(case.group_id or 0, ())]

"""Whether it is a request that is worked on or a live talk."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.subjects import DIALOG, TICKET, subject_of
from desk.automation.types import Words


class CaseKind(Field):
    key = "kind"
    label = N_("Ticket or dialog")
    position = 5
    type = Words("kind", {TICKET: N_("Ticket"), DIALOG: N_("Dialog")})

    def of(self, subject: Subject) -> str:
        return subject_of(subject.case)

"""A note names me: @Masha."""

from collections.abc import Iterable

from core.db import db
from core.i18n import N_
from desk import events
from desk.notices import mentions
from desk.notices.occasion import APP, DESKTOP, MAIL, Occasion
from models import Case, Message, Staff


class Mentioned(Occasion):
    key = "mentioned"
    position = 4
    label = N_("A note mentions me")
    explained = N_("Somebody writes @ and my name in a note.")
    icon = "at-sign"
    title = N_("%(who)s mentions you on No. %(number)s")
    usual = (APP, MAIL, DESKTOP)
    weight = 5

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        if not isinstance(event, events.NoteAdded):
            return ()
        return mentions.named_in(db.session.get_one(Message, event.data["message"]).text)

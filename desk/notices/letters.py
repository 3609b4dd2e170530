"""Mails to the staff: one piece of news, or a digest of what waited."""

from collections.abc import Sequence

from core.i18n import use_locale
from desk import mails, outbox
from desk.letters import drawing
from desk.notices.kinds import DIGEST, TO_STAFF
from desk.notices.news import News
from models import Staff


def send(person: Staff, news: News, *, template: str = "") -> None:
    """Into the outbox, in the reader's language."""
    with use_locale(person.locale, person.zone):
        kind = TO_STAFF[news.occasion.key]
        given = kind.given(news, person)
        drawn = drawing.drawn(kind, given)
        text, html = mails.rendered(kind.letter(drawn, given))
    mail = outbox.Mail(
        recipient=person.email or "",
        subject=drawn.subject,
        text=text,
        html=html,
        template=template or news.occasion.template,
        to=person,
        case=news.case,
        event_id=news.event_id,
    )
    outbox.put(mail, dedupe=f"{news.event_id or news.key}:{news.occasion.template}:{person.id}")


def send_digest(person: Staff, news: Sequence[News], *, dedupe: str) -> None:
    """All that waited, the oldest first."""
    with use_locale(person.locale, person.zone):
        given = DIGEST.given(news, person)
        drawn = drawing.drawn(DIGEST, given)
        text, html = mails.rendered(DIGEST.letter(drawn, given))
    mail = outbox.Mail(
        recipient=person.email or "",
        subject=drawn.subject,
        text=text,
        html=html,
        template=DIGEST.key,
        to=person,
    )
    outbox.put(mail, dedupe=dedupe)

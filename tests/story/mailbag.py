"""The mail server's ledger, beside what the judge says should be in it."""

import re
from collections import Counter as Tally
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from core.db import db
from models import Message as MessageRow
from models import MessageKind, OutboxItem, OutboxState
from tests.story.expected import PROMISED_MINUTES, Expected, Mail, room_for
from tests.story.judge import Judge
from tests.story.office_hours import after
from tests.story.stage import FIRST_NUMBER, Stage, direction_of
from tests.support.smtp import Sink

KINDS = {
    "created.ru": r"Приняли ваше обращение № (\d+)",
    "created.en": r"We got your request No\. (\d+)",
    "solved.ru": r"Обращение № (\d+) решено",
    "solved.en": r"Request No\. (\d+) is solved",
    "work": r"(?:Новое обращение для вас|Новое в вашей группе): № (\d+): .+",
    "wrote": r"Клиент написал по № (\d+): .+",
    "note": r"Новая заметка по № (\d+)(?: \([^)]+\))?: .+",
    "waits": r"№ (\d+) ждёт 15 минут",
    "head": r"№ (\d+) без ответа 30 минут",
    "head.couriers": r"Курьеры не взяли № (\d+) за 30 минут",
    "quiet": r"№ (\d+): три дня тишины",
    "answered": r".+ \[#(\d+)\]",
}
SENDERS = {"delivery": "help@kurier.example", "repair": "repair@kurier.example"}


def read_all(smtp: Sink) -> list[tuple[Mail, EmailMessage]]:
    """Every delivery with what it is."""
    found = []
    for one in smtp.received:
        (recipient,) = one.recipients
        kind, number = _kind_of(str(one.mail["Subject"]))
        at = parsedate_to_datetime(str(one.mail["Date"]))
        found.append((Mail(at, recipient, kind, number), one.mail))
    return found


def _kind_of(subject: str) -> tuple[str, int]:
    for kind, pattern in KINDS.items():
        found = re.fullmatch(pattern, subject, re.DOTALL)
        if found:
            return kind, int(found[1])
    raise AssertionError(f"nobody expects a mail about {subject!r}")


def check_mails(judge: Judge, smtp: Sink) -> None:
    """What the mail server got is what was to be sent: each once, in its minute, nothing else."""
    received = Tally(mail for mail, _message in read_all(smtp))
    assert judge.mails - received == Tally()
    _check_reminders(received - judge.mails, judge.reminders)
    outbox = db.session.query(OutboxItem).all()
    assert {(row.state, row.attempts) for row in outbox} == {(OutboxState.SENT, 1)}
    ids = [str(one.mail["Message-ID"]) for one in smtp.received]
    assert sorted(ids) == sorted(row.message_id for row in outbox)


def _check_reminders(received: Tally[Mail], due: list[Mail]) -> None:
    """Each at most once and as many as the brakes let through; which ones of a minute is chance."""
    assert set(received.values()) <= {1}
    assert set(received) <= set(due)
    sent: dict[str, list[datetime]] = {}
    for (at, to), mails in groupby(sorted(due), attrgetter("at", "to")):
        before, wanted = sent.setdefault(to, []), len(list(mails))
        got = sum((mail.at, mail.to) == (at, to) for mail in received)
        room = room_for(before, at)
        assert got == min(wanted, room), (to, at, wanted, room)
        before += [at] * got


def check_what_clients_see(judge: Judge, smtp: Sink, stage: Stage) -> None:
    """Mails with their name, a promise that holds and the answer; a note nowhere."""
    notes = db.session.query(MessageRow).filter_by(kind=MessageKind.NOTE).all()
    secrets = {_plain(note.text) for note in notes}
    assert len(secrets) > 100
    for mail, message in read_all(smtp):
        case = judge.cases[mail.number - FIRST_NUMBER]
        if mail.to == case.writer.email:
            _check_letter(mail, message, case)
            words = _words_of(message)
            assert not [secret for secret in secrets if secret in words], mail
    for place in range(0, 300, 23):
        page = _plain(stage.page_of(place))
        assert not [secret for secret in secrets if secret in page], place
        assert [text for text in judge.cases[place].said if _plain(text) not in page] == []


def _check_letter(mail: Mail, message: EmailMessage, case: Expected) -> None:
    words = _words_of(message)
    sender = parseaddr(str(message["From"]))[1]
    assert sender == SENDERS[direction_of(mail.number - FIRST_NUMBER)], mail
    if mail.kind.startswith("created"):
        promised = after("office", mail.at, PROMISED_MINUTES).astimezone(ZoneInfo(case.writer.zone))
        assert f"{promised:%H:%M}" in words, (mail, words)
        assert case.writer.name.split()[0] in words, mail
    if mail.kind == "answered":
        assert any(_plain(text) in words for text in case.said[1:]), mail


def _words_of(message: EmailMessage) -> str:
    """Both bodies."""
    parts = (message.get_body((kind,)) for kind in ("plain", "html"))
    return _plain("\n".join(part.get_content() for part in parts if part is not None))


def _plain(text: str) -> str:
    return " ".join(text.split())

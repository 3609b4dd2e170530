"""The stories, played on a moving clock: people act through the desk's own verbs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from core import bus, clock
from core.db import db
from core.storage import Storage
from demo.keys import Keys
from demo.read import DEEDS, Moment, Story
from demo.timetable import Timetable
from desk import deadlines, files, history, notices, tags, tickets
from desk.tickets import NewTicket
from models import Case, Counter, Notice, OutboxItem, OutboxState, Participant

MEGABYTE = 1024 * 1024
POSTED = timedelta(seconds=3)  # from the outbox to the other's mailbox
READ_AFTER = timedelta(hours=20)  # what colleagues were told before that they have read


class Cue(NamedTuple):
    """`place` 0 opens the story, n is its n-th moment."""

    at: datetime
    story: int
    place: int


class Play:
    """`cases` are the numbers of the tickets by story."""

    def __init__(self, stories: list[Story], keys: Keys, storage: Storage) -> None:
        self.stories = stories
        self.keys = keys
        self.storage = storage
        self.cases: dict[str, int] = {}

    def run(self, timetable: Timetable, frozen: clock.Frozen) -> None:
        """Counters fire between the moments, when they are due."""
        for cue in self._cues(timetable):
            pass_time(frozen, cue.at)
            notices.tell_of_limits()
            with bus.unit_of_work():
                self._act(self.stories[cue.story], cue.place)
        pass_time(frozen, timetable.now)
        notices.tell_of_limits()
        with bus.unit_of_work():
            mark_posted()
            mark_read(timetable.now - READ_AFTER)

    def _cues(self, timetable: Timetable) -> list[Cue]:
        found = [
            Cue(at, number, place)
            for number, story in enumerate(self.stories)
            for place, at in enumerate(timetable.of(story))
        ]
        return sorted(found)

    def _act(self, story: Story, place: int) -> None:
        if place == 0:
            self._open(story)
            return
        moment = story.then[place - 1]
        case = db.session.get_one(Case, self.cases[story.key])
        who = self._person(moment.by or story.client)
        for deed in DEEDS:
            if deed in moment.deeds and deed in VERBS:
                VERBS[deed](self.keys, case, who, moment)

    def _person(self, key: str) -> Participant:
        return db.session.get_one(Participant, self.keys.person(key))

    def _open(self, story: Story) -> None:
        kept = [
            files.keep(self.storage, name, text.encode(), limit=MEGABYTE)
            for name, text in story.files.items()
        ]
        new = NewTicket(
            subject=story.subject,
            text=story.text,
            channel=story.channel,
            direction_id=self.keys.id("directions", story.direction),
            type_id=self.keys.id("types", story.type) if story.type else None,
            topic_id=self.keys.id("topics", story.topic) if story.topic else None,
            fields=story.fields,
        )
        case = tickets.open_ticket(new, requester=self._person(story.client), uploads=kept)
        self.cases[story.key] = case.id


def pass_time(frozen: clock.Frozen, until: datetime) -> None:
    """To `until`, stopping at each counter that becomes due on the way."""
    while (due := _next_due()) is not None and due <= until:
        frozen.set(max(frozen.at, due + timedelta(seconds=1)))
        if not deadlines.fire_due():
            break  # one that failed waits for its next try
    frozen.set(max(frozen.at, until))


def _next_due() -> datetime | None:
    with bus.unit_of_work(writes=False):
        return db.session.scalar(select(func.min(Counter.due_at)))


def mark_posted() -> None:
    """The mails of the past count as sent: nobody gets them now."""
    waiting = select(OutboxItem).where(OutboxItem.state == OutboxState.QUEUED)
    for item in db.session.scalars(waiting).all():
        item.state, item.attempts = OutboxState.SENT, 1
        item.sent_at, item.receipt = item.created_at + POSTED, "demo"


def mark_read(before: datetime) -> None:
    """The bells of the demo ring for what is new, not for weeks."""
    db.session.execute(update(Notice).where(Notice.at < before).values(read_at=before))


def _client_writes(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    channel = case.channel if case.channel in ("portal", "email") else "portal"
    tickets.client_reply(case, moment.deeds["client"], by=who, channel=channel)


def _reply(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    tickets.reply(case, moment.deeds["reply"], by=who)


def _note(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    tickets.add_note(case, moment.deeds["note"], by=who)


def _line(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    reason = moment.deeds.get("reason", "")
    tickets.pass_to_line(case, moment.deeds["line"], reason=reason, by=who)


def _group(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    tickets.assign_group(case, keys.groups[moment.deeds["group"]], by=who)


def _assign(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    tickets.assign(case, keys.staff[moment.deeds["assign"]], by=who)


def _priority(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    tickets.set_priority(case, moment.deeds["priority"], by=who)


def _tags(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    tags.add_tags(case, moment.deeds["tags"], by=who)


def _fields(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    history.change(case, by=who, fields=moment.deeds["fields"])


def _status(keys: Keys, case: Case, who: Participant, moment: Moment) -> None:
    tickets.change_status(case, keys.id("statuses", moment.deeds["status"]), by=who)


VERBS: dict[str, Callable[[Keys, Case, Participant, Moment], Any]] = {
    "client": _client_writes,
    "reply": _reply,
    "note": _note,
    "line": _line,
    "group": _group,
    "assign": _assign,
    "priority": _priority,
    "tags": _tags,
    "fields": _fields,
    "status": _status,
}

"""Runs carried out on an image of a case: fields, notes and letters, and the events they make."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from core.i18n import N_, _
from desk import events, settings
from desk.automation.action import Doing
from desk.automation.actions import call_webhook, send_letter
from desk.automation.actions.add_note import says_something
from desk.automation.actions.send_mail import letter
from desk.automation.decision import Effect, Run
from desk.automation.moment import Occurrence
from desk.automation.placeholder import Scene
from desk.automation.recipients import recipients
from desk.automation.replay.image import Image
from desk.automation.replay.logged import Logged, event_of
from desk.automation.subjects import DIALOG, TICKET
from desk.automation.templates import rendered
from desk.catalog import catalog
from desk.errors import Invalid, kept
from desk.history import Cause
from desk.letters.stored import is_off
from models import Case

_NOT_FOR = {  # as desk.tickets.change_status refuses
    TICKET: N_("This status is not for tickets."),
    DIALOG: N_("This status is not for dialogs."),
}


@dataclass(frozen=True)
class Posted:
    """A mail that would have been written; `words` draws it, in its reader's language.

    `is_call`: no mail, but what another program would have been told.
    """

    recipient: str
    at: datetime
    words: Callable[[], tuple[str, str]]
    is_call: bool = False


@dataclass
class Stage:
    """One occurrence on an image: what rules do to it is gathered here."""

    image: Image
    occurrence: Occurrence
    at: datetime
    led_to: list[events.Event] = field(default_factory=list)
    mails: list[Posted] = field(default_factory=list)

    def act(self, run: Run) -> Run:
        """As `live.applying` does it: all of a run or nothing of it."""
        failure = next((why for why in map(self._refusal, run.effects) if why), "")
        if failure:
            return run._replace(state="failed", error=failure)
        for effect in run.effects:
            if effect.acts:
                self._carry_out(effect, run)
        return run

    def _refusal(self, effect: Effect) -> str:
        """Why the verb behind an action would refuse."""
        if effect.stored["do"] != "set_status" or not effect.acts:
            return ""
        status = catalog().statuses[effect.stored["value"]]
        fits = status.for_tickets if self.image.kind == TICKET else status.for_dialogs
        return "" if fits else kept(Invalid(_(_NOT_FOR[self.image.kind])))

    def _carry_out(self, effect: Effect, run: Run) -> None:
        for name, (_before, after) in effect.changes.items():
            before = self.image.value(name)
            if before != after:
                self.image.put(name, after, self.at)
                kind = events.FIELD_EVENTS.get(name, events.CustomFieldChanged)
                self._publish(run, kind.kind, {name: [before, after]}, {})
        leave = _LEAVING.get(effect.stored["do"])
        if leave is not None:
            leave(self, effect, run)

    def _publish(
        self, run: Run, kind: str, changes: Mapping[str, list[Any]], data: Mapping[str, Any]
    ) -> None:
        cause = Cause(run.trigger, rule_id=run.rule.id, led_by=run.chain)
        record = Logged(0, self.at, kind, self.image.id, 0, depth=cause.depth)
        record.cause_rule_version_id = run.rule.version_id
        record.changes, record.data = changes, data
        self.led_to.append(event_of(record, cause.chain, cause.event))

    def _note(self, effect: Effect, run: Run) -> None:
        number = -1 - len(self.image.notes)
        scene = self._scene()
        if not says_something(effect.stored, scene):
            return
        self.image.notes[number] = lambda: rendered(effect.stored["text"], scene)
        self._publish(run, "note_added", {}, {"message": number})

    def _mail(self, effect: Effect, run: Run) -> None:
        case, stored = cast(Case, self.image), effect.stored
        doing = Doing(case, self.occurrence, Cause(run.trigger))
        for person in recipients(stored["to"], stored.get("address", ""), case):
            if not self._is_held(person.address):

                def words(person: Any = person) -> tuple[str, str]:
                    mail = letter(person, stored, doing)
                    return mail.subject, mail.text

                self.mails.append(Posted(person.address, self.at, words))

    def _letter(self, effect: Effect, run: Run) -> None:
        case, stored = cast(Case, self.image), effect.stored
        doing = Doing(case, self.occurrence, Cause(run.trigger))
        for person in () if is_off(stored["letter"]) else recipients("client", "", case):
            if not self._is_held(person.address):

                def words(person: Any = person) -> tuple[str, str]:
                    mail = send_letter.letter(person, stored, doing, keeps=False)
                    return mail.subject, mail.text

                self.mails.append(Posted(person.address, self.at, words))

    def _call(self, effect: Effect, run: Run) -> None:
        cause = Cause(run.trigger, rule_id=run.rule.id)
        doing = Doing(cast(Case, self.image), self.occurrence, cause)

        def words() -> tuple[str, str]:
            call = call_webhook.mail_of(effect.stored, doing)
            return call.subject, call.text

        self.mails.append(Posted(effect.stored["url"], self.at, words, is_call=True))

    def _is_held(self, address: str) -> bool:
        """What is never written; the storm brakes need the whole desk at once (see postbag)."""
        if address == settings.get("support_email"):
            return True
        return self.occurrence.is_automatic and bool(address == self.image.requester.email)

    def _scene(self) -> Scene:
        return Scene(cast(Case, self.image), self.occurrence)


_LEAVING: dict[str, Callable[[Stage, Effect, Run], None]] = {
    "add_note": Stage._note,
    "send_mail": Stage._mail,
    "send_letter": Stage._letter,
    "call_webhook": Stage._call,
}

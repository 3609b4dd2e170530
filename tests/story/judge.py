"""What must come of the story, worked out by hand: what each trigger and counter of the demo
company does to a ticket, and which mails that means. Nothing of the product is asked."""

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tests.story.expected import HANDLERS, MEMBERS, OVER, Expected, Mail, address_of
from tests.story.timetable import Act, writer_of


@dataclass
class Judge:
    """Feed it the acts in order; `workers` = who of the staff does each."""

    first_number: int
    type_of: dict[int, str]
    cases: dict[int, Expected] = field(default_factory=dict)
    mails: Tally[Mail] = field(default_factory=Tally)
    reminders: list[Mail] = field(default_factory=list)  # as many of them as the brakes let through
    firings: Tally[tuple[int, str, int, datetime]] = field(default_factory=Tally)
    workers: dict[Act, str] = field(default_factory=dict)

    def next_due(self) -> datetime | None:
        found = (case.due(policy) for case in self.cases.values() for policy in case.clocks)
        return min((at for at in found if at is not None), default=None)

    def fire(self, now: datetime) -> int:
        """What falls due; how much."""
        due = [
            (case, policy, at)
            for case in self.cases.values()
            for policy in case.clocks
            if (at := case.due(policy)) is not None and at <= now
        ]
        for case, policy, at in due:
            self._fire(case, policy, at)
        return len(due)

    def act(self, act: Act) -> None:
        if act.verb == "write":
            self._write(act)
            return
        case = self.cases[act.place]
        if act.verb == "client":
            self._client(case, act)
        elif act.verb == "client solves":
            self._solved(case, act.at)
        else:
            self.workers[act] = case.assignee or HANDLERS[case.group]
            {"reply": self._reply, "note": self._note, "status": self._status}[act.verb](case, act)
        case.stir(act.at)

    def _write(self, act: Act) -> None:
        assert act.text is not None
        number, writer = self.first_number + act.place, writer_of(act.place)
        case = Expected(number, writer, act.text.locale, self.type_of.get(act.place, ""))
        self.cases[act.place] = case
        case.said.append(act.text.body)
        self._tell(act.at, writer.email, f"created.{writer.locale}", case)
        self._route(case, act.text.found, act.at)
        told = [case.assignee] if case.assignee else MEMBERS[case.group]
        self._tell_staff(act.at, told, "work", case)
        case.await_answer(act.at)
        case.stir(act.at)

    def _route(self, case: Expected, found: frozenset[str], at: datetime) -> None:
        if case.writer.is_key:
            case.priority = 3
        self._press(case, found)
        if "terminal" in found and "receipt" not in found:
            case.group, case.type = "repair", "repair"
            case.tags.add("ремонт")
            return  # nothing after this trigger
        if "delay" in found:
            self._to_couriers(case, at)
        if "payment" in found and case.type in ("", "question"):
            case.type = "payment"
            case.tags.add("оплата")
        if not case.group:
            case.group, case.assignee = "first", "masha"

    def _press(self, case: Expected, found: frozenset[str]) -> None:
        if "urgent" in found and case.priority < 4:
            case.priority = 4
            case.tags.add("срочно")

    def _to_couriers(self, case: Expected, at: datetime) -> bool:
        if case.group not in ("", "first") or "delay" in case.ran:
            return False
        case.ran.add("delay")
        case.leave_to("couriers", at)
        case.tags.add("доставка")
        return True

    def _client(self, case: Expected, act: Act) -> None:
        assert act.text is not None
        case.said.append(act.text.body)
        was_over = case.status in OVER
        if was_over or case.status in ("waiting", "mars"):
            case.status = "in_work"
        self._press(case, act.text.found)
        moved = "delay" in act.text.found and self._to_couriers(case, act.at)
        told = [case.assignee] if case.assignee else MEMBERS[case.group]
        self._tell_staff(act.at, told, "work" if moved and not case.assignee else "wrote", case)
        if was_over:
            case.await_answer(act.at)

    def _reply(self, case: Expected, act: Act) -> None:
        assert act.text is not None
        case.said.append(act.text.body)
        case.assignee = case.assignee or self.workers[act]
        case.taken()
        self._tell(act.at, case.writer.email, "answered", case)
        if act.value == "solve":
            self._solved(case, act.at)
        elif act.value == "wait" or case.status in ("new", "in_work"):
            case.status = "waiting"

    def _note(self, case: Expected, act: Act) -> None:
        """By a colleague, so that the assignee is told."""
        self.workers[act] = "yana" if self.workers[act] != "yana" else "masha"
        case.notes += 1
        self._tell_staff(act.at, [case.assignee], "note", case)

    def _status(self, case: Expected, act: Act) -> None:
        case.status = act.value
        case.taken()
        if act.value == "repair":
            before = case.assignee
            case.pass_to_second_line()
            case.group, case.assignee, case.type = "repair", "sergey", "repair"
            self._tell_staff(act.at, ["sergey"] if before != "sergey" else [], "work", case)

    def _solved(self, case: Expected, at: datetime) -> None:
        if case.status not in OVER:
            case.status = "solved"
            self._tell(at, case.writer.email, f"solved.{case.writer.locale}", case)

    def _fire(self, case: Expected, policy: str, due: datetime) -> None:
        step = case.clocks[policy].step
        case.clocks[policy].step += 1
        self.firings[case.number, policy, step, due] += 1
        written: list[str] = []
        if policy == "no_activity":
            written = self._remind(due, [case.assignee], "quiet", case)
        elif step == 0:
            written = self._remind(due, MEMBERS[case.group], "waits", case)
        elif step == 1:
            couriers = policy == "no_answer_couriers"
            written = self._remind(due, ["olga"], "head.couriers" if couriers else "head", case)
        else:
            case.pass_to_second_line()
            self._tell_staff(due, ["olga"] if case.assignee != "olga" else [], "work", case)
            case.assignee = "olga"
        if policy == "no_activity" or "nobody answers" not in case.ran:
            self._leave_note(case, policy)
            if case.assignee not in written:  # else the app alone tells of the note
                self._remind(due, [case.assignee], "note", case)

    def _leave_note(self, case: Expected, policy: str) -> None:
        if policy != "no_activity":
            case.ran.add("nobody answers")
            case.tags.add("без-ответа")
        case.notes += 1

    def _tell(self, at: datetime, address: str, kind: str, case: Expected) -> None:
        self.mails[Mail(at, address, kind, case.number)] += 1

    def _tell_staff(self, at: datetime, people: Iterable[str], kind: str, case: Expected) -> None:
        for person in filter(None, people):
            self._tell(at, address_of(person), kind, case)

    def _remind(self, at: datetime, people: Iterable[str], kind: str, case: Expected) -> list[str]:
        """Who is written to."""
        told = [one for one in people if one]
        self.reminders += [Mail(at, address_of(one), kind, case.number) for one in told]
        return told

"""What a replay finds out, counted as it goes; what is kept of it has a bounded size."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk.automation.decision import STOPPED_BY, Decision, Miss, Run
from desk.automation.moment import Occurrence
from desk.automation.replay.acting import Posted
from desk.automation.replay.image import Image
from desk.automation.replay.postbag import Postbag
from desk.automation.replay.without import differing

TICKETS = 300  # that are kept of each sort, of all that are counted
LETTERS = 5
DRAWN = 3  # times as many are drawn at first: brakes may hold some of them
LETTER = 2_000  # characters
PAIRS = 50
RULES = 200
TEXT = 200  # characters of a value
HAS_RUN = ("done", "shadow")


@dataclass
class Played:
    """What one rule would have done."""

    fired: int = 0
    mails: int = 0
    failed: int = 0
    cut: int = 0
    cases: int = 0
    last_case: int = 0
    error: str = ""


@dataclass
class Tally:
    """`focus`: the rule that is being tried; without one, all count alike."""

    zone: ZoneInfo
    focus: int | None = None
    events: int = 0
    cases: int = 0
    differing: int = 0
    mine: int = 0  # of those, the ones that the focus had to do with
    rules: dict[int, Played] = field(default_factory=lambda: defaultdict(Played))
    days: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    stopped: Counter[tuple[int, int]] = field(default_factory=Counter)
    tickets: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    bag: Postbag = field(default_factory=Postbag)
    drawn: dict[int, dict[str, Any]] = field(default_factory=dict)  # mails, by number in the bag
    calls: int = 0  # of other programs
    called: list[dict[str, Any]] = field(default_factory=list)
    _of_case: list[str] = field(default_factory=list)  # days on which it fired on this case
    _set_by: dict[str, int] = field(default_factory=dict)  # field: the last rule that set it

    def happened(self, image: Image, occurrence: Occurrence) -> None:
        of_log = [event for event in occurrence.events if event.id > 0]
        self.events += len(of_log)
        for event in of_log:  # what a person sets is no rule's any more
            for name in event.changes:
                self._set_by.pop(name, None)

    def decided(self, image: Image, at: datetime, decision: Decision) -> None:
        for run in decision.runs:
            self._count(run, image, at)
        for one in reversed(decision.noted):  # those that were stopped are noted last
            if not isinstance(one, Miss) or not one.path.startswith(STOPPED_BY):
                break
            self._stopped(one, decision)

    def _count(self, run: Run, image: Image, at: datetime) -> None:
        played = self.rules[run.rule.id]
        if run.state in HAS_RUN:
            played.fired += 1
            if played.last_case != image.id:
                played.cases, played.last_case = played.cases + 1, image.id
            if self._counts(run.rule.id):
                self._of_case.append(self._day(at))
            self._set_by.update(dict.fromkeys(run.changes, run.rule.id))
        elif run.state == "failed":
            played.failed, played.error = played.failed + 1, run.error[:TEXT]
        elif run.state == "cut":
            played.cut += 1

    def _stopped(self, miss: Miss, decision: Decision) -> None:
        """It counts only where the rule would have acted."""
        by = int(miss.path.removeprefix(STOPPED_BY))
        if self.focus is not None and self.focus not in (by, miss.rule.id):
            return
        try:
            would = miss.rule.check(decision.moment) is None
        except Exception:  # a rule that can't be asked would have failed: it loses nothing
            return
        if would:
            self.stopped[by, miss.rule.id] += 1

    def posted(self, image: Image, run: Run, mails: Sequence[Posted]) -> None:
        for mail in mails:
            if mail.is_call:
                self._call(mail, image, run)
                continue
            number = self.bag.put(mail.recipient, mail.at, image.id, run.rule.id)
            if self._counts(run.rule.id) and len(self.drawn) < LETTERS * DRAWN:
                self.drawn[number] = _drawn(mail, image)

    def _call(self, call: Posted, image: Image, run: Run) -> None:
        if self._counts(run.rule.id):
            self.calls += 1
            if len(self.called) < LETTERS:
                self.called.append(_drawn(call, image))

    def _let_go(self) -> tuple[list[dict[str, Any]], int]:
        """Count the mails that the brakes let go. Samples of them, and how many were held."""
        count, letters = 0, list[dict[str, Any]]()
        for mail in self.bag.sent():
            count += 1
            self.rules[mail.rule_id].mails += 1
            if self._counts(mail.rule_id):
                self.days[self._day(datetime.fromtimestamp(mail.at, UTC))][2] += 1
                if mail.number in self.drawn and len(letters) < LETTERS:
                    letters.append(self.drawn[mail.number])
        return letters, len(self.bag) - count

    def ended(
        self,
        image: Image,
        actual: Mapping[str, Any],
        touched: bool,
        otherwise: Callable[[], Mapping[str, Any]],
    ) -> None:
        """The case as it would be now, and as it is. `touched`: the focus acted on it in life.

        `otherwise`: the case as it would be if the focus were not tried, asked where it matters.
        """
        self.cases += 1
        would = image.snapshot()
        differences = differing(actual, would)
        acted = touched or bool(self._of_case)
        its = set(differences)
        if self.focus is not None:
            its &= set(differing(otherwise(), would)) if differences and acted else set()
        for day in self._of_case:
            self.days[day][0] += 1
            self.days[day][1] += bool(its)
        if differences:
            self.differing += 1
            self.mine += bool(its)
            shelf = self.tickets if its else self.others
            if len(shelf) < TICKETS:
                fields = self._told(differences, its)
                shelf.append({"case": image.id, "mine": bool(its), "fields": fields})
        self._of_case, self._set_by = [], {}

    def _told(
        self, differences: Mapping[str, tuple[Any, Any]], its: Container[str]
    ) -> list[list[Any]]:
        rows = [
            [name, _short(was), _short(would), self._set_by.get(name), name in its]
            for name, (was, would) in differences.items()
        ]
        return sorted(rows, key=lambda row: not row[4])

    def _counts(self, rule_id: int) -> bool:
        return self.focus is None or rule_id == self.focus

    def _day(self, at: datetime) -> str:
        return at.astimezone(self.zone).date().isoformat()

    def packed(self) -> dict[str, Any]:
        """As it is stored; asked for once, at the end."""
        letters, held = self._let_go()
        ranked = sorted(self.rules.items(), key=lambda one: -one[1].fired)
        ranked.sort(key=lambda one: one[0] != self.focus)
        return {
            "events": self.events,
            "cases": self.cases,
            "differing": self.differing,
            "mine": self.mine,
            "rules": [[number, *_row(played)] for number, played in ranked[:RULES]],
            "days": {day: self.days[day] for day in sorted(self.days)},
            "stopped": [[*pair, times] for pair, times in self.stopped.most_common(PAIRS)],
            "tickets": [*self.tickets, *self.others][:TICKETS],
            "letters": letters,
            "held": held,
            "calls": self.calls,
            "called": self.called,
        }


def _row(one: Played) -> list[Any]:
    return [one.fired, one.cases, one.mails, one.failed, one.cut, one.error]


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value[:TEXT]
    return [_short(each) for each in value[:20]] if isinstance(value, list) else value


def _drawn(mail: Posted, image: Image) -> dict[str, Any]:
    try:
        subject, text = mail.words()
    except Exception as error:  # a text that can't be drawn for the past is named, the rest counts
        subject, text = "", f"{type(error).__name__}: {error}"
    return {"to": mail.recipient, "subject": subject, "text": text[:LETTER], "case": image.id}

"""Plays the clock of a case over its log: the case as it was then, unit of work by unit of work."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from desk import events
from desk.automation.conditions import Check, compiled
from desk.automation.moment import Moment, Occurrence
from desk.automation.replay.facts import facts_of
from desk.automation.replay.image import Image
from desk.automation.replay.logged import Logged, event_of
from desk.automation.replay.tally import Tally
from desk.automation.replay.today import Today
from desk.automation.replay.walk import Walk
from desk.automation.ruleset import CompiledSet
from desk.catalog import catalog
from desk.deadlines.played import PlayedClock
from desk.deadlines.policies import Policy


class CaseThen(Image):
    """A case as it was, with what kinds of counters ask besides."""

    first_answer_at: datetime | None = None


class Player:
    """Plays one group of policies over cases: conditions are read once."""

    def __init__(self, group: Sequence[Policy]) -> None:
        self.group = group
        self._checks: dict[int, Check | None] = {}
        self._walk = Walk(CompiledSet(()), Tally(ZoneInfo("UTC")), _is_staff, _is_staff)

    def play(self, image: CaseThen, rows: Sequence[Logged], now: datetime) -> PlayedClock:
        """Over everything that happened to a case, oldest first, up to now."""
        clock = PlayedClock(self.group, self._holds)
        for _unit, its in groupby(rows, key=lambda row: row.unit or row.id):
            wave = list(its)
            self._walk.remember(image, wave)
            if image.first_answer_at is None:
                answers = (row.at for row in wave if row.kind == events.AgentReplied.kind)
                image.first_answer_at = next(answers, None)
            happened = [event_of(row) for row in wave]
            clock.follow(
                image,
                [event for event in happened if isinstance(event, events.CaseEvent)],
                wave[-1].at,
            )
        clock.end(now)
        return clock

    def _holds(self, policy: Policy, image: Image, at: datetime) -> bool:
        """As desk.automation.live.conditions_hold: what can't be asked does not hold."""
        if not policy.conditions:
            return True
        if policy.id not in self._checks:
            self._checks[policy.id] = _check_of(policy)
        check = self._checks[policy.id]
        try:
            facts = facts_of(image, Occurrence())
            return check is not None and check(Moment(facts, {}, at)) is None
        except Exception:  # live, whoever asks has work of a client in hand
            return False


def _check_of(policy: Policy) -> Check | None:
    try:
        return compiled(dict(policy.conditions))[0]
    except Exception:  # a condition on something that was taken away
        return None


def _is_staff(number: int) -> bool:
    return number in catalog().staff


def image_of(number: int, kind: str, today: Today) -> CaseThen:
    image = CaseThen(number, today)
    image.kind = kind
    return image

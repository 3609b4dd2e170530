"""Clocks on cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.i18n import N_, _, locale
from core.when import lateness
from desk.events.event import CaseEvent, Event

LATE_BECAUSE = {
    "down": N_("the program was not running"),
    "failed": N_("it was tried before and failed"),
    "changed": N_("the counter was changed meanwhile"),
    "priority": N_("the ticket got another priority meanwhile"),
    "client": N_("the client got another category meanwhile"),
    "moved": N_("it went over to another counter meanwhile"),
    "calendar": N_("the calendar was changed meanwhile"),
}
WORTH_SAYING = 60  # seconds


def why_late(data: Mapping[str, Any]) -> str:
    """In words, of what a firing keeps; empty when nothing is known."""
    why = LATE_BECAUSE.get(data.get("late_because", ""))
    return _(why) if why else ""


@dataclass(frozen=True, kw_only=True)
class ClocksComputed(Event):
    """Clocks of many cases are other after an edit of a counter or calendar: pages draw theirs
    anew."""

    kind = "clocks_computed"


@dataclass(frozen=True, kw_only=True)
class CounterFired(CaseEvent):
    """`data` = {counter, policy, version, step, name, names, due_at, late_seconds, late_because,
    effects}.

    `effects` is what became of each action of the step, as models.RuleRun keeps it.
    """

    kind = "counter_fired"
    label = N_("Counter fired")

    @property
    def lateness(self) -> str:
        """How late it was and why, in words: 2 h late: the program was not running. Empty when in
        time."""
        seconds = self.data.get("late_seconds", 0)
        if seconds < WORTH_SAYING:
            return ""
        late, why = _("%(amount)s late", amount=lateness(seconds)), why_late(self.data)
        return f"{late}: {why}" if why else late

    def sentence(self) -> str:
        names = self.data.get("names", {})
        name = names.get(locale()) or self.data.get("name", "")
        late = self.lateness
        if late:
            return _("Counter “%(name)s” fired, %(late)s", name=name, late=late)
        return _("Counter “%(name)s” fired", name=name)


@dataclass(frozen=True, kw_only=True)
class _CounterTurned(CaseEvent):
    """A trigger or a step asked for it; `data` = {policy, names}. No trigger listens to it."""

    @property
    def name(self) -> str:
        names = self.data["names"]
        return str(names.get(locale()) or names["ru"] or names["en"])


@dataclass(frozen=True, kw_only=True)
class CounterStarted(_CounterTurned):
    kind = "counter_started"

    def sentence(self) -> str:
        return _("Counter “%(name)s” started", name=self.name)


@dataclass(frozen=True, kw_only=True)
class CounterStopped(_CounterTurned):
    kind = "counter_stopped"

    def sentence(self) -> str:
        return _("Counter “%(name)s” stopped", name=self.name)


TURNED = (CounterStarted.kind, CounterStopped.kind)

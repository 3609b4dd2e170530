"""Clocks on cases."""

from dataclasses import dataclass

from core.i18n import N_, _, locale
from core.when import duration
from desk.events.event import CaseEvent

LATE_BECAUSE = {
    "down": N_("the program was not running"),
    "failed": N_("it was tried before and failed"),
    "changed": N_("the counter was changed meanwhile"),
}
WORTH_SAYING = 60  # seconds


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
        late = _("%(amount)s late", amount=duration(seconds))
        why = LATE_BECAUSE.get(self.data.get("late_because", ""))
        return f"{late}: {_(why)}" if why else late

    def sentence(self) -> str:
        names = self.data.get("names", {})
        name = names.get(locale()) or self.data.get("name", "")
        late = self.lateness
        if late:
            return _("Counter “%(name)s” fired, %(late)s", name=name, late=late)
        return _("Counter “%(name)s” fired", name=name)

"""Clocks on cases."""

from dataclasses import dataclass

from core.i18n import N_, _, locale
from desk.events.event import CaseEvent


@dataclass(frozen=True, kw_only=True)
class CounterFired(CaseEvent):
    """`data` = {counter, policy, version, step, name, names, due_at, late_seconds, effects}.

    `effects` is what became of each action of the step, as models.RuleRun keeps it.
    """

    kind = "counter_fired"
    label = N_("Counter fired")

    def sentence(self) -> str:
        names = self.data.get("names", {})
        return _("Counter “%(name)s” fired", name=names.get(locale()) or self.data.get("name", ""))

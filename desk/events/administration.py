"""What administrators change, what the product switches off by itself, who came in."""

from dataclasses import dataclass

from core.i18n import _
from desk.events.event import Event


@dataclass(frozen=True, kw_only=True)
class RuleSwitchedOff(Event):
    """The product stopped a trigger that misbehaved; `data` = {rule, name, why}."""

    kind = "rule_switched_off"

    def sentence(self) -> str:
        return _("Trigger “%(name)s” was switched off: %(why)s", **dict(self.data))


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event):
    """An administrator changed a trigger; `data` = {rule, name, what}."""

    kind = "rule_changed"


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event):
    """An administrator changed reference data or settings; `data` = {what, before, after}."""

    kind = "settings_changed"


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    kind = "signed_in"

"""What administrators change, what the product switches off by itself, who came in."""

from dataclasses import dataclass

from core.i18n import _, again
from desk.events.event import Event


@dataclass(frozen=True, kw_only=True)
class RuleSwitchedOff(Event):
    """The product stopped a trigger that misbehaved; `data` = {rule, name, why, chain, case}."""

    kind = "rule_switched_off"

    def sentence(self) -> str:
        name, why = self.data["name"], self.data["why"]
        return _("Trigger “%(name)s” was switched off: %(why)s", name=name, why=again(why))


@dataclass(frozen=True, kw_only=True)
class RulesLooped(Event):
    """A chain of triggers was cut for the first time in a day; `data` as above, `why` empty."""

    kind = "rules_looped"

    def sentence(self) -> str:
        return _("Triggers set each other off: “%(name)s”", name=self.data["name"])


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event):
    """An administrator changed a trigger; `data` = {rule, name, names, what, version}."""

    kind = "rule_changed"


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event):
    """An administrator changed reference data or settings; `data` = {what, before, after}."""

    kind = "settings_changed"


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    kind = "signed_in"

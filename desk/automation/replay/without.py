"""The same past without what is tried: what of a difference is its doing, and what is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.automation.decision import Decision, Run
from desk.automation.moment import Occurrence
from desk.automation.replay.acting import Posted
from desk.automation.replay.image import Image
from desk.automation.ruleset import CompiledSet


@dataclass(frozen=True)
class Sets:
    """The rules in force, once `saved` with the one that is tried as it is now, if it is on,
    and once `without` it. What it did in life it did as it was saved, so a case on which it has
    acted is compared with that one, and any other with the past in which there is no such rule.
    """

    saved: CompiledSet = CompiledSet(())
    without: CompiledSet = CompiledSet(())


class Nobody:
    """A watcher that is told and keeps nothing."""

    def happened(self, image: Image, occurrence: Occurrence) -> None: ...
    def decided(self, image: Image, at: datetime, decision: Decision) -> None: ...
    def posted(self, image: Image, run: Run, mails: Sequence[Posted]) -> None: ...


def differing(actual: Mapping[str, Any], would: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields that end otherwise: as it was, as it would have been."""
    names = [*actual, *(name for name in would if name not in actual)]
    pairs = {name: (actual.get(name), would.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

"""Which limit a case has under a policy: by its priority or by the category of its client."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.i18n import _
from models import Case, Client

MAX_TARGETS = 20
MAX_MINUTES = 60 * 24 * 365


@dataclass(frozen=True)
class Target:
    """Empty sets ask for nothing."""

    priorities: frozenset[int]
    categories: frozenset[int]
    limit: timedelta

    def fits(self, case: Case) -> bool:
        if self.priorities and case.priority not in self.priorities:
            return False
        return not self.categories or not self.categories.isdisjoint(_categories(case))


def targets_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Target, ...]:
    """In the order of trying."""
    return tuple(
        Target(
            frozenset(each.get("priorities", ())),
            frozenset(each.get("categories", ())),
            timedelta(minutes=each["minutes"]),
        )
        for each in stored
    )


def limit_of(case: Case, targets: Sequence[Target], otherwise: timedelta) -> timedelta:
    """Of the first target that fits."""
    return next((target.limit for target in targets if target.fits(case)), otherwise)


def problem_of_limit(minutes: object) -> str:
    """What is wrong with a limit, empty when nothing is."""
    if isinstance(minutes, int) and 0 < minutes <= MAX_MINUTES:
        return ""
    return _("The limit is from one minute to a year, in minutes or hours.")


def problem_of_targets(stored: Sequence[Mapping[str, Any]]) -> str:
    """What is wrong with them, empty when nothing is."""
    if len(stored) > MAX_TARGETS:
        return _("A counter has at most %(n)s targets.", n=MAX_TARGETS)
    seen = set()
    for each in stored:
        if not each.get("priorities") and not each.get("categories"):
            return _("A limit of its own is for a priority or a category of clients: choose one.")
        problem = problem_of_limit(each.get("minutes"))
        if problem:
            return problem
        asked = tuple(frozenset(each.get(name) or ()) for name in ("priorities", "categories"))
        if asked in seen:
            return _("Two limits are for the same priorities and clients: only the first counts.")
        seen.add(asked)
    return ""


def _categories(case: Case) -> set[int]:
    requester = case.requester
    return {each.id for each in requester.categories} if isinstance(requester, Client) else set()

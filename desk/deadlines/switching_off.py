"""What switching a counter off does to the clocks that go under it."""

from collections import Counter as Tally
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.i18n import _, locale, ngettext
from desk.deadlines import choosing, policies
from models import Case, Counter, CounterPolicy, CounterState

LOOKED_AT = 1000


class Effect(NamedTuple):
    """Clocks that go over, by the name of the counter; those that end and are not judged, and how
    many of these are late."""

    over: dict[str, int]
    ended: int
    late: int

    @property
    def clocks(self) -> int:
        return sum(self.over.values()) + self.ended


def effect_on(of: CounterPolicy) -> Effect:
    """Of the first LOOKED_AT clocks."""
    policy = policies.in_force().get(of.id)
    if policy is None:
        return Effect({}, 0, 0)
    others = [each for each in policies.by_clock()[policy.clock_key] if each.id != of.id]
    going = (
        select(Counter)
        .options(joinedload(Counter.case).joinedload(Case.requester))
        .where(Counter.policy_id == of.id, Counter.state != CounterState.STOPPED)
        .order_by(Counter.id)
        .limit(LOOKED_AT)
    )
    over, ended, late = Tally[str](), 0, 0
    for one in db.session.scalars(going):
        taken = choosing.first_that_holds(one.case, others)
        if taken:
            over[taken.name(locale())] += 1
        else:
            ended += 1
            late += one.limit_at is not None and one.limit_at <= clock.now()
    return Effect(dict(over), ended, late)


def told(effect: Effect) -> str:
    """When it is done; empty when nothing ran."""
    if not effect.clocks:
        return ""
    parts = [
        ngettext(
            "%(num)s clock went over to “%(name)s”",
            "%(num)s clocks went over to “%(name)s”",
            count,
            name=name,
        )
        for name, count in effect.over.items()
    ]
    if effect.ended:
        parts.append(ngettext("%(num)s clock ended", "%(num)s clocks ended", effect.ended))
    return _("Switched off: %(what)s.", what=", ".join(parts))

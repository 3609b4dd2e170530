"""What is doubtful in how groups hand out work, in words, each with where it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core import clock
from core.i18n import N_, _
from desk import dispatcher
from desk.catalog import catalog
from desk.dispatcher.modes.by_weight import ByWeight
from desk.routing import overflow, shifts
from desk.routing.names import named
from desk.routing.staffing import staffing
from models import Group, Leaving, Staff

GROUPS, PEOPLE = "/admin/groups", "/admin/people"
NO_MEMBERS = N_("Nobody is in the group “%(group)s”: whatever comes into it waits.")
NEVER_ON = N_("Nobody of the group “%(group)s” has an hour of work ahead.")
NO_WEIGHT = N_("The group “%(group)s” goes by weight, and all weights are 0.")
NOBODY_TO = N_("The group “%(group)s” hands on what is left, but only one person is in it.")
INTO_NOTHING = N_(
    "The group “%(group)s” overflows into “%(other)s”, where nothing is handed out: it waits there"
    " until somebody takes it."
)
LEFT_WHEN = {
    "at_shift_end": N_(
        "In these groups people take work themselves, but at the end of a shift the dispatcher"
        " hands on what is left."
    ),
    "at_absence": N_(
        "In these groups people take work themselves, but the dispatcher hands on the work of who"
        " is absent."
    ),
}


@dataclass(frozen=True)
class Doubt:
    """`told` in the reader's language; `ways` = (name, address) of where it is mended. A quiet one
    may be just as it is meant."""

    told: str
    ways: Sequence[tuple[str, str]]
    is_quiet: bool = False


def doubts() -> list[Doubt]:
    """The loud ones first."""
    groups = catalog().groups.values()
    of_groups = [each for group in groups for each in _of_group(group)]
    return [*of_groups, *_circles(), *_by_hand(list(groups))]


def working_members(group: Group) -> list[Staff]:
    """Who is in it and works here, by names."""
    known = catalog()
    inside = set(known.members.get(group.id, ()))
    return [one for one in known.staff.values() if one.id in inside and one.is_active]


def is_on_duty(person: Staff) -> bool:
    """On shift now, and not absent."""
    now, known = clock.now(), staffing()
    return known.absence(person.id, now) is None and shifts.shift_of(person.id, known, now).is_on


def _of_group(group: Group) -> Iterator[Doubt]:
    page, name = f"{GROUPS}/{group.id}", group.name
    people, now, known = working_members(group), clock.now(), staffing()
    theirs = f"{PEOPLE}?group={group.id}"
    if not people:
        yield Doubt(_(NO_MEMBERS, group=name), [(_("Members"), f"{page}#members")])
    elif all(shifts.never_opens(one.id, known, now) for one in people):
        yield Doubt(
            _(NEVER_ON, group=name), [(_("People"), theirs), (_("Schedules"), "/admin/schedules")]
        )
    if people and group.mode == ByWeight.key and all(one.weight <= 0 for one in people):
        ways = [(_("Who gets the work"), f"{page}#mode"), (_("People"), theirs)]
        yield Doubt(_(NO_WEIGHT, group=name), ways)
    hands_on = Leaving.HAND_ON in (group.at_shift_end, group.at_absence)
    if len(people) == 1 and group.mode and hands_on:
        ways = [(_("Members"), f"{page}#members"), (_("Open work"), f"{page}#at_absence")]
        yield Doubt(_(NOBODY_TO, group=name), ways, is_quiet=True)
    yield from _dead_end(group)


def _dead_end(group: Group) -> Iterator[Doubt]:
    rule = overflow.rules().get(group.id)
    other = catalog().groups[rule.to] if rule else None
    if other is not None and group.mode and not other.mode:
        ways = [
            (_("Overflow"), f"{GROUPS}/{group.id}#overflow_to_id"),
            (other.name, f"{GROUPS}/{other.id}#mode"),
        ]
        yield Doubt(_(INTO_NOTHING, group=group.name, other=other.name), ways)


def _circles() -> Iterator[Doubt]:
    for circle in dispatcher.circles(overflow.rules()):
        told = dispatcher.circle_told(circle, named)
        ways = [(named("group", each), f"{GROUPS}/{each}#overflow_to_id") for each in circle]
        yield Doubt(f"{told[:1].upper()}{told[1:]}.", ways)


def _by_hand(groups: Sequence[Group]) -> Iterator[Doubt]:
    """Nothing is handed out but what somebody left: told once for all such groups."""
    for column, told in LEFT_WHEN.items():
        its = [each for each in groups if not each.mode and getattr(each, column) == "hand_on"]
        ways = [(group.name, f"{GROUPS}/{group.id}#{column}") for group in its]
        if ways:
            yield Doubt(_(told), ways, is_quiet=True)

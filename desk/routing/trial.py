"""Who would get a ticket at a day and hour, and why. Nothing is written."""

from dataclasses import replace
from datetime import datetime

from core import clock
from desk import dispatcher
from desk.catalog import catalog
from desk.dispatcher import Work
from desk.routing import handing, roster, works
from desk.routing.explained import Told, told
from desk.routing.staffing import staffing
from models import Case, Presence, Priority


def of_case(case: Case, at: datetime, *, as_present: bool) -> Told | None:
    """With what everybody has in hand now. `as_present`: whoever is on shift then counts as
    available. None for one that is in no group."""
    found = works.works_of([case.id])
    return _tried(found[0], at, as_present=as_present, without=case) if found else None


def of_words(
    group: int, at: datetime, *, type_id: int | None, language: str, direction: int | None
) -> Told:
    """Of a ticket that is not there yet."""
    asks_language = catalog().groups[group].asks_language
    work = Work(
        case_id=0,
        group=group,
        arrived_at=clock.now(),
        priority=Priority.NORMAL,
        direction=direction,
        language=language if asks_language else "",
        needs=staffing().needs.get(type_id or 0, {}),
        slots=works.slots_of(type_id),
    )
    return _tried(work, at, as_present=True)


def _tried(work: Work, at: datetime, *, as_present: bool, without: Case | None = None) -> Told:
    """Who has the ticket gives it back first: it does not count against them."""
    people = roster.agents(roster.members_of([work.group]), at)
    if as_present:
        people = [replace(agent, presence=Presence.AVAILABLE) for agent in people]
    if without is not None and without.assignee_id is not None:
        people = [_without(agent, work, without.assignee_id) for agent in people]
    mode = handing.modes().get(work.group, dispatcher.DEFAULT)
    return told(dispatcher.choose(work, people, mode, at))


def _without(agent: dispatcher.Agent, work: Work, holder: int) -> dispatcher.Agent:
    if agent.id != holder:
        return agent
    left = max(agent.used(work.channel) - work.slots, 0)
    return replace(agent, load={**agent.load, work.channel: left})

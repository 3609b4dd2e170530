"""Another limit in the ledger of a clock: who edited the counter, or what else is other."""

from core.i18n import _
from desk import events
from desk.catalog import catalog
from desk.deadlines import doers
from desk.deadlines.calendar_edits import gained
from desk.deadlines.counted import MINUTE
from desk.deadlines.kinds import Happened
from desk.deadlines.policies import Policy
from desk.deadlines.sentences import said_amount

LIMIT = "limit"
VERSION, PRIORITY, CLIENT = "version", "priority", "client"


def of_version(policy: Policy, limit: int, was: int, minutes: int) -> str:
    """As a span keeps it; `minutes` = counted more, or less, by another calendar."""
    return f"{LIMIT}:{limit}:{was}:{VERSION}:{policy.version_id}:{minutes}"


def of_case(happened: Happened, policy: Policy, limit: int, was: int) -> str:
    """The same, when the ticket has another target of the same version: by its priority, if that
    was changed just now, else by its client."""
    kept = f"{LIMIT}:{limit}:{was}"
    chosen = [one for one in happened if isinstance(one, events.PriorityChanged)]
    if chosen and any(target.priorities for target in policy.targets):
        priority = chosen[-1].changes["priority"][1]
        return f"{kept}:{PRIORITY}:{priority}:{doers.of_event(chosen[-1])}"
    by_client = any(target.categories for target in policy.targets)
    return f"{kept}:{CLIENT}" if by_client else kept


def told(value: str) -> str:
    """In the reader's language and zone, of what stands after the first colon."""
    amounts, why = value.split(":")[:2], value.split(":")[2:]
    limit, *was = (said_amount(int(each) * MINUTE) for each in amounts)
    if not was:  # older ones keep the new limit alone
        return _("the limit is now %(limit)s", limit=limit)
    limits = {"limit": limit, "was": was[0]}
    if why[:1] == [PRIORITY]:
        return _by_priority(int(why[1]), ":".join(why[2:]), limits)
    if why == [CLIENT]:
        return _("the client has another category: limit %(limit)s, was %(was)s", **limits)
    if why[:1] == [VERSION]:
        return _by_hand(int(why[1]), limits) + gained(int(why[2]))
    return _("the limit is now %(limit)s, it was %(was)s", **limits)


def _by_priority(priority: int, doer: str, limits: dict[str, str]) -> str:
    values = limits | {"name": catalog().name_of("priority", priority)}
    if not doer:  # older ones do not keep who
        return _("priority is now “%(name)s”: limit %(limit)s, was %(was)s", **values)
    values["who"] = doers.named(doer)
    return _("priority is now “%(name)s” (%(who)s): limit %(limit)s, was %(was)s", **values)


def _by_hand(version_id: int, limits: dict[str, str]) -> str:
    edit = doers.of_version(version_id)
    if limits["limit"] == limits["was"]:
        return _("counter changed by %(who)s %(time)s: another calendar", **edit)
    text = _("counter changed by %(who)s %(time)s: limit is now %(limit)s, it was %(was)s")
    return text % (edit | limits)

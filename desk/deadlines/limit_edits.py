"""Another limit in the ledger of a clock: who edited the counter, or what else is other."""

from core.db import db
from core.i18n import _
from core.when import stamp
from desk.catalog import catalog
from desk.deadlines.calendar_edits import gained
from desk.deadlines.counted import MINUTE
from desk.deadlines.policies import Policy
from desk.deadlines.sentences import said_amount
from models import Case, CounterPolicyVersion

LIMIT = "limit"
VERSION, PRIORITY, CLIENT = "version", "priority", "client"


def of_version(policy: Policy, limit: int, was: int, minutes: int) -> str:
    """As a span keeps it; `minutes` = counted more, or less, by another calendar."""
    return f"{LIMIT}:{limit}:{was}:{VERSION}:{policy.version_id}:{minutes}"


def of_case(case: Case, policy: Policy, limit: int, was: int) -> str:
    """The same, when the ticket has another target of the same version."""
    by_priority = any(target.priorities for target in policy.targets)
    by_client = any(target.categories for target in policy.targets)
    if by_priority == by_client:  # either may be it
        return f"{LIMIT}:{limit}:{was}"
    why = f"{PRIORITY}:{case.priority}" if by_priority else CLIENT
    return f"{LIMIT}:{limit}:{was}:{why}"


def told(value: str) -> str:
    """In the reader's language and zone, of what stands after the first colon."""
    amounts, why = value.split(":")[:2], value.split(":")[2:]
    limit, *was = (said_amount(int(each) * MINUTE) for each in amounts)
    if not was:  # older ones keep the new limit alone
        return _("the limit is now %(limit)s", limit=limit)
    limits = {"limit": limit, "was": was[0]}
    if why[:1] == [PRIORITY]:
        name = catalog().name_of("priority", int(why[1]))
        return _("priority is now “%(name)s”: limit %(limit)s, was %(was)s", name=name, **limits)
    if why == [CLIENT]:
        return _("the client has another category: limit %(limit)s, was %(was)s", **limits)
    if why[:1] == [VERSION]:
        return _by_hand(int(why[1]), limits) + gained(int(why[2]))
    return _("the limit is now %(limit)s, it was %(was)s", **limits)


def _by_hand(version_id: int, limits: dict[str, str]) -> str:
    version = db.session.get_one(CounterPolicyVersion, version_id)
    who = catalog().staff.get(version.author_id)
    edit = {"who": who.name if who else version.author.name, "time": stamp(version.at)}
    if limits["limit"] == limits["was"]:
        return _("counter changed by %(who)s %(time)s: another calendar", **edit)
    text = _("counter changed by %(who)s %(time)s: limit is now %(limit)s, it was %(was)s")
    return text % (edit | limits)

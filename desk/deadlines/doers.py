"""Who did what a ledger tells of: as its spans keep it, and by name."""

from core.db import db
from core.i18n import _
from core.when import stamp
from desk import clocks, events, history
from desk.catalog import catalog
from models import Counter, CounterPolicyVersion, Participant, RuleVersion

STAFF, CLIENT = "staff", "client"


def of_event(event: events.Event) -> str:
    """Empty when the product did it by itself."""
    record = event.record
    if record.cause_rule_version_id or record.cause_counter_id:
        return clocks.turned_by(event)
    if event.actor_id in catalog().staff and not events.is_of_client(record):
        return of_person(event.actor_id)
    return "" if event.actor_id == history.actor_of(history.Cause()).id else CLIENT


def of_person(number: int) -> str:
    return f"{STAFF}:{number}"


def of_version(number: int) -> dict[str, str]:
    """Who saved this version of a counter, and when, to be put in a text."""
    version = db.session.get_one(CounterPolicyVersion, number)
    known = catalog().staff.get(version.author_id)
    return {"who": known.name if known else version.author.name, "time": stamp(version.at)}


def named(kept: str) -> str:
    """In the reader's language."""
    kind, _colon, number = kept.partition(":")
    if not kept:
        return _("the product")
    if kind == CLIENT:
        return _("the requester")
    if kind == clocks.TRIGGER:
        rule = db.session.get_one(RuleVersion, int(number)).rule
        return _("the trigger “%(name)s”", name=rule.name)
    if kind == clocks.STEP:
        policy = db.session.get_one(Counter, int(number)).policy
        return _("the counter “%(name)s”", name=policy.name)
    known = catalog().staff.get(int(number))
    return known.name if known else db.session.get_one(Participant, int(number)).name

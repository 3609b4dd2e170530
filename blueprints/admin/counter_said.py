"""What one is told on saving a counter: what it is in force for, and what it does not do."""

from core.i18n import _, ngettext
from desk import counters_report, deadlines
from models import CounterPolicy


def said_of(policy: CounterPolicy, *, is_new: bool) -> str:
    """What it is in force for: nothing starts a new one on what is open already."""
    if not is_new:
        saved = _("Saved. It holds at once, for clocks that run already, too.")
        return f"{saved} {_silent(deadlines.ahead_again(policy))}".rstrip()
    left = counters_report.without(policy)
    if not left:
        return _("Saved. It counts what begins from now on.")
    if deadlines.KINDS[policy.kind].recurs:
        return ngettext(
            "Saved. %(num)s open ticket gets it when what starts it happens there next.",
            "Saved. %(num)s open tickets get it when what starts it happens there next.",
            left,
        )
    if counters_report.policy(policy.id)[1].conditions:
        return ngettext(
            "Saved. %(num)s open ticket gets it when a change makes it fit the conditions.",
            "Saved. %(num)s open tickets get it when a change makes them fit the conditions.",
            left,
        )
    return ngettext(
        "Saved. It counts what begins from now on; %(num)s open ticket stays without it as"
        " long as it is open.",
        "Saved. It counts what begins from now on; %(num)s open tickets stay without it as"
        " long as they are open.",
        left,
    )


def _silent(clocks: int) -> str:
    """Steps that lie ahead again, as the limit is later now, came already."""
    if not clocks:
        return ""
    return ngettext(
        "On %(num)s clock steps that came under the earlier limit lie ahead again: they do not"
        " come a second time.",
        "On %(num)s clocks steps that came under the earlier limit lie ahead again: they do not"
        " come a second time.",
        clocks,
    )

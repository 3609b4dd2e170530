"""The form of what one is told: a matrix of occasions and channels, quiet hours, digest."""

from typing import Any

from werkzeug.datastructures import MultiDict

from core.i18n import weekday_names
from core.web import id_given
from desk.errors import Invalid
from desk.notices.choices import CHANNELS, DIGESTS, Choice
from desk.notices.occasions import OCCASIONS
from desk.notices.quiet import Quiet


def read(form: MultiDict[str, str]) -> Choice:
    """What was sent, unchecked: desk.notices.choices does that."""
    return Choice(
        channels={key: form.getlist(f"on.{key}") for key in OCCASIONS},
        quiet=Quiet(
            on="quiet" in form,
            days=_days(form.getlist("days")),
            since=form.get("since", ""),
            until=form.get("until", ""),
            days_off=_days(form.getlist("days_off")),
            late_breaks="late_breaks" in form,
        ),
        digest=form.get("digest", ""),
        digest_at=form.get("digest_at", ""),
        version=based_on(form),
    )


def based_on(form: MultiDict[str, str]) -> int:
    return id_given(form.get("based_on")) or 0


def shown(choice: Choice, *, admin: bool, error: Invalid | None = None) -> dict[str, Any]:
    """What the templates of the form want."""
    occasions = [one for one in OCCASIONS.values() if admin or not one.for_admins]
    return {
        "choice": choice,
        "occasions": occasions,
        "channels": CHANNELS,
        "digests": DIGESTS,
        "weekdays": weekday_names("abbreviated"),
        "wrong": error,
    }


def _days(given: list[str]) -> frozenset[int]:
    return frozenset(int(day) for day in given if day in "0123456" and len(day) == 1)

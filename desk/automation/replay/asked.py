"""Replays as work in the background: asked for, and their outcome."""

from collections.abc import Mapping
from typing import Any

from core.i18n import _
from desk import jobs
from desk.automation.definition import problems_in
from desk.automation.replay.playing import replayed
from desk.errors import Invalid
from models import Job, Participant

KIND = "replay"
DAYS = (7, 30, 90)


def ask(
    definition: dict[str, Any] | None,
    *,
    rule_id: int | None,
    name: str,
    days: int,
    zone: str,
    by: Participant,
) -> Job:
    """Play a definition, saved or not, over the last days. Invalid when it is not sound."""
    if definition is not None and problems_in(definition):
        raise Invalid(_("Finish the sentence first: a part of it is missing."))
    if days not in DAYS:
        raise Invalid(_("Choose how many days."), "days")
    arguments = {"definition": definition, "rule": rule_id, "name": name[:200], "days": days}
    return jobs.start_once(KIND, {**arguments, "zone": zone}, by=by)


@jobs.work(KIND)
def _replay(arguments: Mapping[str, Any], progress: jobs.Progress) -> dict[str, Any]:
    return replayed(arguments, progress)


def latest_of(rule_id: int | None, definition: Mapping[str, Any]) -> Job | None:
    """The last replay of this definition, else of its rule."""
    recent = jobs.latest(KIND, 50)
    same = [job for job in recent if job.arguments["definition"] == definition]
    of_rule = [job for job in recent if rule_id and job.arguments["rule"] == rule_id]
    return next(iter([*same, *of_rule]), None)

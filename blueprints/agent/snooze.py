"""Put a ticket off, and take it back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.ticket import back, for_work, refuse
from blueprints.once import once
from core.i18n import _, zone
from desk import snoozing
from desk.errors import Invalid


@blueprint.post("/t/<int:number>/snooze")
@once
def snooze(number: int) -> Response:
    """`wake`, else one of the presets by its `key`, else the moment `until` in the own zone."""
    case = for_work(number)
    try:
        if "wake" in request.form:
            snoozing.wake(case, "person", by=me())
        else:
            snoozing.snooze(case, _moment(), by=me())
    except Invalid as error:
        return refuse(number, error, "snooze")
    return back(number)


def _moment() -> datetime:
    preset = snoozing.moment_of(request.form.get("key", ""))
    if preset is not None:
        return preset
    try:
        local = datetime.fromisoformat(request.form.get("until", ""))
    except ValueError as error:
        raise Invalid(_("Choose a moment."), "until") from error
    return local.replace(tzinfo=ZoneInfo(zone()))

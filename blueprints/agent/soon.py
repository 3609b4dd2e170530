"""What is about to be late, and what will be missed at the present pace."""

from collections import Counter
from datetime import timedelta
from typing import Any

from flask import Response, request

from blueprints.agent.blueprint import blueprint, me
from core import clock
from core.web import id_given, page
from desk import counters_report
from desk.catalog import catalog
from desk.deadlines import policies
from desk.deadlines.forecast import Coming, coming, late_of

HOURS = (2, 8, 24)


@blueprint.get("/soon")
def soon() -> Response:
    hours = request.args.get("hours", type=int)
    hours = hours if hours in HOURS else HOURS[1]
    counter = id_given(request.args.get("counter"))
    found = coming(me(), ahead=timedelta(hours=hours), counter=counter)
    group = request.args.get("group", type=int)
    shown = [one for one in found if group is None or one.queue.group == group]
    left_out = [each for each in policies.in_force().values() if not each.its_kind.is_measured]
    return page(
        "agent/soon.html",
        "soon",
        rows=shown,
        tally=Counter(one.verdict for one in shown),
        groups=_groups(found),
        group=group,
        only=counters_report.policy(counter)[0] if counter is not None else None,
        hours=hours,
        spans=HOURS,
        left_out=left_out,
        late_there=late_of(me(), [each.id for each in left_out]),
        words=catalog(),
        now=clock.now(),
    )


def _groups(found: list[Coming]) -> list[Any]:
    """Those that have something, in their usual order."""
    there = {one.queue.group for one in found}
    return [row for number, row in catalog().groups.items() if number in there]

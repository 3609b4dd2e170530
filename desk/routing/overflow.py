"""What has waited too long goes on to the group that its own one overflows to."""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from core import bus, clock
from core.db import db
from desk import dispatcher, history
from desk.catalog import catalog
from desk.dispatcher import Overflow, Queue
from desk.history import Cause, because
from desk.routing import lock, works
from desk.routing.follow import OVERFLOWED
from models import Case, Waiting

AT_A_TIME = 100


def rules() -> dict[int, Overflow]:
    """{group: where it overflows to}, of those that do."""
    return {
        group.id: Overflow(timedelta(minutes=group.overflow_minutes), group.overflow_to_id)
        for group in catalog().groups.values()
        if group.overflow_minutes and group.overflow_to_id in catalog().groups
    }


def move_on() -> int:
    """How many went on; to each group once, so that a circle ends by itself."""
    with bus.unit_of_work(writes=False):
        if not _late():
            return 0
    with bus.unit_of_work():
        lock.take()
        queue = Queue(works.works_of(_late()))
        moved = dispatcher.overflow(queue, rules(), clock.now())
        query = select(Case).where(Case.id.in_([each.case_id for each in moved]))
        held = query.with_for_update(skip_locked=True, of=Case)
        cases = {case.id: case for case in db.session.scalars(held).unique()}
        bus.unit().notes.setdefault(OVERFLOWED, set()).update(cases)
        with because(Cause(dispatcher=True)):
            for each in moved:
                if each.case_id in cases:
                    minutes = int(each.waited.total_seconds() // 60)
                    data = {"overflow": minutes}
                    history.change(cases[each.case_id], data=data, group=each.to_group)
    return len(cases)


def _late() -> list[int]:
    """Cases whose time in their group is over, and that were not in the next one before."""
    now, found = clock.now(), rules()
    if not found:
        return []
    late = or_(
        *(
            and_(Waiting.group_id == group, Waiting.since <= now - rule.after)
            for group, rule in found.items()
        )
    )
    rows = db.session.execute(
        select(Waiting.case_id, Waiting.group_id, Waiting.been).where(late).order_by(Waiting.since)
    )
    going = [row.case_id for row in rows if found[row.group_id].to not in row.been]
    return going[:AT_A_TIME]

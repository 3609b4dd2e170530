"""Mails to colleagues that wait for the end of quiet hours, of a storm, or for a digest."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select, tuple_

from core.db import db
from core.i18n import N_, _
from core.text import fold
from core.when import stamp
from desk import access
from desk.catalog import catalog
from desk.notices.choices import choice_of
from desk.notices.occasions import OCCASIONS
from desk.notices.quiet import DIGEST, QUIET, STORM, held_by
from models import Case, Staff, WaitingNotice

PAGE = 50
NAMED = 5  # of one mail
WHY = {
    QUIET: N_("quiet hours until %(time)s"),
    DIGEST: N_("digest %(time)s"),
    STORM: N_("storm of news until %(time)s"),
}

Mail = tuple[datetime, int]  # when it leaves, to whom


class Held(NamedTuple):
    """One mail to come: `what` = the first of its news in words, with the ticket; `more` others."""

    to: Staff
    leaves: datetime
    what: list[tuple[str, int | None]]
    more: int

    @property
    def why(self) -> str:
        """What holds it, and until when."""
        chosen, zone = choice_of(self.to), self.to.zone
        cause = held_by(chosen.quiet, chosen.digest, chosen.digest_at, zone, self.leaves)
        return _(WHY[cause], time=stamp(self.leaves))


def page(
    who: Staff, words: str = "", case_id: int | None = None, after: Mail | None = None
) -> tuple[list[Held], Mail | None]:
    """Those that leave first on top; the last of them if there are more. `words` = a part of a
    name or an address."""
    its_mail = WaitingNotice.due_at, WaitingNotice.staff_id
    query = _waiting(who, words, case_id).with_only_columns(*its_mail, func.count())
    query = query.group_by(*its_mail).order_by(*its_mail).limit(PAGE + 1)
    if after is not None:
        query = query.where(tuple_(*its_mail) > after)
    found = {(due, to): count for due, to, count in db.session.execute(query)}
    shown = list(found)[:PAGE]
    news = _first_of(_waiting(who, words, case_id), shown)
    mails = [_held(each, news[each], found[each]) for each in shown]
    return mails, shown[-1] if len(found) > PAGE else None


def count(who: Staff) -> int:
    mails = _waiting(who).with_only_columns(WaitingNotice.due_at, WaitingNotice.staff_id)
    return db.session.scalar(select(func.count()).select_from(mails.distinct().subquery())) or 0


def _waiting(who: Staff, words: str = "", case_id: int | None = None) -> Select[Any]:
    """What may still be told, about tickets that this person may see."""
    query = select(WaitingNotice).where(
        WaitingNotice.occasion.in_(OCCASIONS), WaitingNotice.staff_id.in_(_called(words))
    )
    if access.directions_of(who):
        cases = access.visible_cases(who).with_only_columns(Case.id)
        query = query.where(or_(WaitingNotice.case_id.is_(None), WaitingNotice.case_id.in_(cases)))
    return query if case_id is None else query.where(WaitingNotice.case_id == case_id)


def _called(words: str) -> list[int]:
    """Colleagues that can be written to. Compared here, as databases know small letters of few
    languages."""
    wanted = fold(words)
    return [
        each.id
        for each in catalog().staff.values()
        if each.is_active and each.email and wanted in fold(f"{each.name}\n{each.email}")
    ]


def _first_of(query: Select[Any], mails: Sequence[Mail]) -> dict[Mail, list[WaitingNotice]]:
    """The first NAMED notices of each mail."""
    its_mail = WaitingNotice.due_at, WaitingNotice.staff_id
    place = func.row_number().over(partition_by=its_mail, order_by=WaitingNotice.id)
    numbered = query.where(tuple_(*its_mail).in_(mails)).with_only_columns(
        WaitingNotice.id, place.label("place")
    )
    few = numbered.subquery()
    first = select(WaitingNotice).join(few, few.c.id == WaitingNotice.id)
    news = defaultdict(list)
    for row in db.session.scalars(first.where(few.c.place <= NAMED).order_by(WaitingNotice.id)):
        news[row.due_at, row.staff_id].append(row)
    return news


def _held(mail: Mail, rows: Sequence[WaitingNotice], whole: int) -> Held:
    leaves, to = mail
    what = [(OCCASIONS[row.occasion].sentence(row.case_id, row.data), row.case_id) for row in rows]
    return Held(catalog().staff[to], leaves, what, whole - len(rows))

"""Names that people know counters and calendars by: given, not too long, not another's."""

from collections.abc import Mapping

from sqlalchemy import select

from core.db import db
from core.i18n import _
from desk.deadlines.policies import MAX_NAME
from desk.errors import Invalid
from desk.texts import is_seen
from models import Calendar, CounterPolicy


def check_names(row: Calendar | CounterPolicy, names: Mapping[str, str], taken: str) -> None:
    """`names` = {"ru", "en"}, `taken` = what is said when another has it. Invalid, with field."""
    if not is_seen(names["ru"]):
        raise Invalid(_("Give it a name."), "name_ru")
    for code, name in names.items():
        if len(name) > MAX_NAME:
            raise Invalid(_("At most %(n)s characters.", n=MAX_NAME), f"name_{code}")
        if name and name.casefold() in _of_others(row, code):
            raise Invalid(taken, f"name_{code}")


def _of_others(row: Calendar | CounterPolicy, code: str) -> set[str]:
    """In small letters, as databases do not know those of every language."""
    with db.session.no_autoflush:
        others = db.session.scalars(select(type(row)).order_by(type(row).id)).all()
    return {getattr(each, f"name_{code}").casefold() for each in others if each is not row}

"""Tags of a case: short words in one writing, put on and taken off."""

from collections.abc import Iterable
from functools import lru_cache

from core.i18n import _
from desk import history
from desk.errors import Invalid
from desk.texts import one_line
from models import Case, Participant

MAX_TAG = 64
MAX_TAGS = 40


def add_tags(case: Case, names: Iterable[str], *, by: Participant | None = None) -> bool:
    return set_tags(case, [*case.tag_names, *names], by=by)


def remove_tags(case: Case, names: Iterable[str], *, by: Participant | None = None) -> bool:
    gone = {clean_tag(name) for name in names}
    return set_tags(case, [name for name in case.tag_names if name not in gone], by=by)


def set_tags(case: Case, names: Iterable[str], *, by: Participant | None = None) -> bool:
    wanted = sorted({clean_tag(name) for name in names} - {""})
    if len(wanted) > MAX_TAGS:
        raise Invalid(_("A ticket has at most %(n)s tags.", n=MAX_TAGS), "tags")
    return history.change(case, by=by, tags=wanted)


@lru_cache(maxsize=4096)
def clean_tag(name: str) -> str:
    """As `in_one_writing`. Invalid when too long."""
    tag = in_one_writing(name)
    if len(tag) > MAX_TAG:
        raise Invalid(_("A tag has at most %(n)s letters.", n=MAX_TAG), "tags")
    return tag


def in_one_writing(name: str) -> str:
    """Tags are lower case, without # and inner white space."""
    return "-".join(one_line(name).lstrip("#").lower().split())

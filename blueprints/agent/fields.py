"""Changes of a ticket, each a small form of its own."""

from collections.abc import Callable

from flask import Response, request

from blueprints.agent import meanwhile
from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.ticket import back, for_work, refuse
from blueprints.once import once
from core.i18n import _
from desk import tags, tickets
from desk.catalog import catalog
from desk.errors import Invalid
from models import Case, Group, Staff


def _id(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Invalid(_("Choose one from the list."))
    return int(value)


def _tags(value: str) -> list[str]:
    given = [tag for tag in value.split(",") if tags.clean_tag(tag)]
    if not given:
        raise Invalid(_("Write a tag."), "tags")
    return given


def _id_or_none(value: str) -> int | None:
    return _id(value) if value else None


def _person(value: str) -> Staff | None:
    if not value:
        return None
    person = catalog().staff.get(_id(value))
    if person is None:
        raise Invalid(_("There is no such colleague."), "assignee")
    return person


def _group(value: str) -> Group | None:
    if not value:
        return None
    group = catalog().groups.get(_id(value))
    if group is None:
        raise Invalid(_("There is no such group."), "group")
    return group


SET: dict[str, Callable[[Case, str], bool]] = {
    "status": lambda case, value: tickets.change_status(case, _id(value), by=me()),
    "group": lambda case, value: tickets.assign_group(case, _group(value), by=me()),
    "assignee": lambda case, value: tickets.assign(case, _person(value), by=me()),
    "priority": lambda case, value: tickets.set_priority(case, _id(value), by=me()),
    "type": lambda case, value: tickets.set_type(case, _id_or_none(value), by=me()),
    "topic": lambda case, value: tickets.set_topic(case, _id_or_none(value), by=me()),
    "direction": lambda case, value: tickets.set_direction(case, _id_or_none(value), by=me()),
    "subject": lambda case, value: tickets.set_subject(case, value, by=me()),
    "add_tag": lambda case, value: tags.add_tags(case, _tags(value), by=me()),
    "remove_tag": lambda case, value: tags.remove_tags(case, _tags(value), by=me()),
}


@blueprint.post("/t/<int:number>/<any(status, assign, fields, subject, tags):form>")
@once
def change(number: int, form: str) -> Response:
    """Set what the form names; fields that it does not name stay as they are."""
    case = for_work(number)
    found = meanwhile.overtaken(case)
    if found:
        return meanwhile.ask(number, found)
    named = [name for name in SET if name in request.form]
    try:
        if not named:
            raise Invalid(_("Choose one from the list."))
        for name in named:
            SET[name](case, request.form[name])
    except Invalid as error:
        return refuse(number, error, form)
    return back(number)

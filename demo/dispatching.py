"""How the demo company hands out its work: skills, schedules, groups that the dispatcher serves.

Set up last: what happened before was given by people, and would be given otherwise by it.
"""

from datetime import date
from typing import Any

from core.db import db
from demo.keys import Keys
from desk import catalog
from desk.hours import read_hours
from desk.routing import staffing
from models import Group, Schedule, Skill, Staff, StaffSkill

Row = dict[str, Any]


def hand_out(said: Row, keys: Keys) -> None:
    """Of the section `dispatching` of the company."""
    skills = {row["key"]: _named(Skill, row, place) for place, row in enumerate(said["skills"])}
    schedules = {
        row["key"]: _schedule(row, place, keys) for place, row in enumerate(said["schedules"])
    }
    for key, person in said["staff"].items():
        row = db.session.get_one(Staff, keys.id("staff", key))
        for skill, level in person.get("skills", {}).items():
            db.session.add(StaffSkill(staff_id=row.id, skill_id=skills[skill].id, level=level))
        row.languages = person.get("languages", [])
        row.schedule_id = schedules[person["schedule"]].id if "schedule" in person else None
    for key, values in said["groups"].items():
        group = db.session.get_one(Group, keys.id("groups", key))
        to = values.pop("overflow_to", None)
        for column, value in values.items():
            setattr(group, column, value)
        group.overflow_to_id = keys.id("groups", to) if to else None
    catalog.changed()
    staffing.changed()


def _named(model: type[Any], said: Row, place: int) -> Any:
    row = model(key=said["key"], name_ru=said["ru"], name_en=said["en"], position=place)
    db.session.add(row)
    db.session.flush()
    return row


def _schedule(said: Row, place: int, keys: Keys) -> Any:
    row = _named(Schedule, said, place)
    if "calendar" in said:
        row.calendar_id = keys.id("calendars", said["calendar"])
    else:
        row.cycle = [read_hours(day) for day in said["cycle"]]
        row.anchor, row.zone = date.fromisoformat(said["anchor"]), said["zone"]
    return row

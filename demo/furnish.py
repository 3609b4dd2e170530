"""The company itself: its words, people, groups, calendars, clients."""

from collections.abc import Callable
from typing import Any, TypeVar

from core import clock
from core.db import Base, db
from demo.keys import Keys
from desk import catalog, people, settings
from desk.deadlines import calendars
from desk.hours import read_hours
from models import (
    Calendar,
    Client,
    ClientCategory,
    Company,
    ContactKind,
    ContactPoint,
    CustomField,
    Direction,
    Group,
    Line,
    Membership,
    Participant,
    Role,
    Status,
    Tag,
    TicketType,
    Topic,
)

T = TypeVar("T", bound=Base)
Row = dict[str, Any]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDS: tuple[tuple[str, type[Base]], ...] = (
    ("statuses", Status),
    ("types", TicketType),
    ("topics", Topic),
    ("client_categories", ClientCategory),
)


def furnish(company: Row) -> Keys:
    """Everything but articles, triggers, counters and tickets; the ids of what has a key."""
    keys = Keys()
    _places(company, keys)
    for name, model in WORDS:
        for position, each in enumerate(company[name]):
            keys.put(name, each["key"], _named(model, each, position))
    db.session.add_all(Tag(name=str(name)) for name in company["tags"])
    _fields(company["fields"], keys)
    _staff(company["staff"], keys)
    _groups(company["groups"], company["staff"], keys)
    _calendars(company["calendars"], keys, by=keys.staff["anton"])
    _clients(company, keys)
    for name, value in company["settings"].items():
        settings.put(name, value)
    catalog.changed()
    return keys


def _named(model: type[T], said: Row, position: int, **more: Any) -> T:
    """The row with this key, made or brought to what is said of it."""
    row = db.session.query(model).filter_by(key=said["key"]).one_or_none()
    if row is None:
        row = model(key=said["key"], name_ru=said["ru"])
        db.session.add(row)
    plain = {k: v for k, v in said.items() if k not in ("key", "ru", "en", "direction")}
    values = {"name_ru": said["ru"], "name_en": said["en"], "position": position, **plain, **more}
    for column, value in values.items():
        setattr(row, column, value)
    db.session.flush()
    return row


def _places(company: Row, keys: Keys) -> None:
    """The one direction that every installation begins with becomes our first."""
    first = db.session.query(Direction).filter_by(key="main").one_or_none()
    if first is not None:
        first.key = company["directions"][0]["key"]
    for position, each in enumerate(company["directions"]):
        keys.put("directions", each["key"], _named(Direction, each, position))
    for each in company["lines"]:
        line = db.session.get_one(Line, each["number"])
        line.name_ru, line.name_en = each["ru"], each["en"]
        line.hidden_from_clients = each.get("hidden", False)


def _fields(rows: list[Row], keys: Keys) -> None:
    for position, each in enumerate(rows):
        _named(CustomField, each, position, direction_id=_of(keys, each))


def _of(keys: Keys, said: Row) -> int | None:
    return keys.id("directions", said["direction"]) if "direction" in said else None


def _staff(rows: list[Row], keys: Keys) -> None:
    for each in rows:
        person = people.new_staff(
            name=each["name"],
            email=each["email"],
            role=each.get("role", Role.AGENT),
            password=password_of(each),
            line=each["line"],
            title=each["title"]["ru"],
            presence=each["presence"],
            ticket_limit=each.get("ticket_limit"),
        )
        keys.put("staff", each["key"], person)


def password_of(person: Row) -> str:
    return f"demo-{person['key']}"


def _groups(rows: list[Row], staff: list[Row], keys: Keys) -> None:
    for position, each in enumerate(rows):
        said = {k: v for k, v in each.items() if k != "head"}
        head, direction = keys.id("staff", each["head"]), _of(keys, each)
        row = _named(Group, said, position, head_id=head, direction_id=direction)
        keys.put("groups", each["key"], row)
    for person in staff:
        for group in person.get("groups", []):
            ids = {
                "staff_id": keys.id("staff", person["key"]),
                "group_id": keys.id("groups", group),
            }
            db.session.add(Membership(since=clock.now(), **ids))


def _calendars(rows: list[Row], keys: Keys, *, by: Participant) -> None:
    for each in rows:
        names = {"ru": each["ru"], "en": each["en"]}
        hours = {"zone": each["zone"], "holidays": each["holidays"], "week": week_of(each["week"])}
        row = db.session.query(Calendar).filter_by(key=each["key"]).one_or_none()
        if row is None:
            row = calendars.new_calendar(by=by, names=names, exceptions={}, **hours)
            row.key = each["key"]
        else:
            calendars.rename_calendar(row, names)
            calendars.change_calendar(row, by=by, exceptions=row.exceptions, **hours)
        keys.put("calendars", each["key"], row)


def week_of(said: dict[str, str]) -> list[list[list[str]]]:
    """Seven days out of {"mon–fri": "09:00–13:00, 14:00–18:00"}."""
    week: list[list[list[str]]] = [[] for _ in DAYS]
    for days, hours in said.items():
        first, _dash, last = days.partition("–")
        for number in range(DAYS.index(first), DAYS.index(last or first) + 1):
            week[number] = read_hours(hours)
    return week


def _clients(company: Row, keys: Keys) -> None:
    for each in company["outsiders"]:
        person = people.outsider_for(each["email"], each["name"])
        keys.put("outsiders", each["key"], person)
    employers: dict[str, Company] = {}
    for each in company["companies"]:
        employer = Company(name=each["name"], note=each.get("note", ""), created_at=clock.now())
        db.session.add(employer)
        employers[each["key"]] = employer
    for each in company["clients"]:
        keys.put("clients", each["key"], _client(each, employers.get, keys))


def _client(said: Row, employer: Callable[[str], Company | None], keys: Keys) -> Client:
    locale = said.get("locale", "ru")
    client = people.client_for(said["email"], name=said["name"], locale=locale)
    if not isinstance(client, Client):
        raise LookupError(f"{said['email']} belongs to somebody who is no client")
    client.company = employer(said.get("company", ""))
    client.manages_company = said.get("manages_company", False)
    client.categories = [keys.client_categories[said["category"]]]
    client.own_zone = said.get("zone", "")
    if "password" in said:
        people.set_password(client, said["password"])
    if "phone" in said:
        digits = "+" + "".join(filter(str.isdigit, said["phone"]))
        client.contact_points.append(ContactPoint(kind=ContactKind.PHONE, value=digits))
    return client

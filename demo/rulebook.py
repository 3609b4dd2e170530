"""Triggers and counters: keys in their definitions become ids, then they are saved as ever."""

from typing import Any

from demo.keys import Keys
from desk.automation import library
from desk.automation.library import NewVersion
from desk.deadlines import save_policy
from models import CounterPolicy, CounterPolicyVersion, Participant, RuleState

Row = dict[str, Any]
TABLES = {
    "status": "statuses",
    "group": "groups",
    "assignee": "staff",
    "type": "types",
    "topic": "topics",
    "direction": "directions",
    "client_category": "client_categories",
    "counter": "policies",
}
ACTIONS = {
    "set_status": "statuses",
    "assign_group": "groups",
    "assign_person": "staff",
    "set_type": "types",
    "set_topic": "topics",
}


def write_rules(rows: list[Row], keys: Keys, *, by: Participant) -> None:
    """One that `takes_over` becomes the next version of a trigger that is there already."""
    there = library.rules()
    for position, each in enumerate(rows, start=1):
        new = NewVersion(definition_of(each, keys), each["ru"], each["en"], each.get("note", ""))
        place = each.get("takes_over", 0)
        if 0 < place <= len(there):
            rule = there[place - 1]
            library.save(rule, new, base=rule.version_number, by=by)
        else:
            library.create(new, by=by, state=RuleState.ON, position=position)


def write_counters(rows: list[Row], keys: Keys, *, by: Participant) -> None:
    for each in rows:
        policy = CounterPolicy(key=each["key"], kind=each["kind"], name_ru="")
        version = CounterPolicyVersion(
            calendar_id=keys.id("calendars", each["calendar"]),
            calendar=keys.calendars[each["calendar"]],
            conditions=_conditions(each["if"], keys),
            pause_statuses=[keys.id("statuses", key) for key in each.get("pause", [])],
            limit_minutes=each["limit"],
            steps=[{"after": s["after"], "then": _actions(s["then"], keys)} for s in each["steps"]],
        )
        save_policy(policy, version, by=by, names={"ru": each["ru"], "en": each["en"]})
        keys.put("policies", each["key"], policy)


def definition_of(said: Row, keys: Keys) -> Row:
    """A trigger as docs/triggers.md has it."""
    return {
        "on": said["on"],
        "if": _conditions(said["if"], keys),
        "then": _actions(said["then"], keys),
        "run": said.get("run", "every"),
        "stop": said.get("stop", False),
        "overwrite": said.get("overwrite", False),
    }


def _conditions(node: Row, keys: Keys) -> Row:
    if "field" not in node:
        return {kind: [_conditions(each, keys) for each in rows] for kind, rows in node.items()}
    if node["op"] == "words":
        return {**node, "value": {"guard_negation": True, **node["value"]}}
    table = TABLES.get(node["field"])
    value = node.get("value")
    return {**node, "value": _ids(table, value, keys) if table else value}


def _actions(rows: list[Row], keys: Keys) -> list[Row]:
    found = []
    for each in rows:
        table = ACTIONS.get(each["do"])
        found.append({**each, "value": _ids(table, each["value"], keys)} if table else dict(each))
    return found


def _ids(table: str, value: Any, keys: Keys) -> Any:
    if isinstance(value, list):
        return [keys.id(table, key) for key in value]
    return keys.id(table, value) if isinstance(value, str) else value

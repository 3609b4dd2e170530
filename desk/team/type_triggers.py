"""Who gets the tickets of a type: kept as ordinary triggers, one a type, and read back from them.

A trigger is that of a type when it was made here, or when it says just what one made here would.
What an administrator made of it in the editor and can't be told here is left alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.i18n import _
from desk import settings
from desk.automation import library
from desk.automation.actions import ACTIONS
from desk.automation.definition import conditions_in, problems_in, root_of
from desk.automation.library import BadRule, NewVersion
from desk.catalog import catalog
from desk.errors import Invalid, Stale
from desk.team.type_said import TypeSaid
from models import Participant, Rule, RuleState, TicketType

SETTING = "type_triggers"  # {key of the type: id of the trigger that was made here}
EVENTS = ("ticket_created", "type_changed")
DISPATCHER = "run_dispatcher"
# In the order in which they are done: the line may bring a group, the group may take the assignee.
PARTS = {"line": "pass_to_line", "group": "assign_group", "person": "assign_person"}


@dataclass(frozen=True)
class Bound:
    """What happens to a ticket that comes to be of a type; ids, None = nothing."""

    line: int | None = None
    group: int | None = None
    person: int | None = None
    dispatcher: bool = False


NOTHING = Bound()


@dataclass(frozen=True)
class Binding:
    """`rule` = its trigger. `is_foreign`: it was changed so that it can't be told here. `others` =
    more triggers that ask for the type."""

    bound: Bound = NOTHING
    rule: Rule | None = None
    is_foreign: bool = False
    others: Sequence[Rule] = ()

    @property
    def edition(self) -> str:
        """Of the trigger, to know whether somebody saved it meanwhile."""
        return f"{self.rule.id}.{self.rule.version_number}" if self.rule else ""


@dataclass(frozen=True)
class Wanted:
    """What is to be bound to a type, by who saw the `edition`."""

    bound: Bound
    edition: str


def bindings() -> dict[int, Binding]:
    """{type: what is bound to it}."""
    rules, versions = library.rules(), library.versions_in_force()
    stored = {rule.id: versions[rule.id].definition for rule in rules}
    sound = {number: each for number, each in stored.items() if not problems_in(each)}
    made = settings.get(SETTING)
    return {
        kind.id: _binding(kind, rules, sound, made.get(kind.key))
        for kind in catalog().types.values()
    }


def definition_of(type_id: int, bound: Bound) -> dict[str, Any]:
    """The trigger that does it."""
    then: list[dict[str, Any]] = []
    for name, action in PARTS.items():
        value = getattr(bound, name)
        if value is not None:
            then.append({**ACTIONS[action].blank(), "value": value})
    if bound.dispatcher:
        then.append({**ACTIONS[DISPATCHER].blank(), "value": "free"})
    return {
        "on": list(EVENTS),
        "if": {"all": [{"field": "type", "op": "is", "value": type_id}]},
        "then": then,
        "run": "every",
        "stop": False,
        "overwrite": False,
    }


def read(definition: Mapping[str, Any], type_id: int) -> Bound | None:
    """What a sound one binds to the type; None for one that does more, less or something else."""
    values = {each["do"]: each.get("value") for each in definition["then"]}
    parts = {name: values.get(action) for name, action in PARTS.items()}
    bound = Bound(**parts, dispatcher=DISPATCHER in values)
    is_it = bound != NOTHING and _plain(definition) == _plain(definition_of(type_id, bound))
    return bound if is_it else None


def bind(wanted: Mapping[int, Wanted], *, by: Participant) -> int:
    """How many types got something else. What was not touched in the form is left as it is now.

    Invalid, with the id of the type as its field; Stale when a trigger was saved meanwhile.
    """
    settings.hold()
    now, done = bindings(), 0
    for type_id, said in wanted.items():
        if type_id in now and is_touched(type_id, said):
            _bind(type_id, said, now[type_id], by)
            done += 1
    return done


def is_touched(type_id: int, said: Wanted) -> bool:
    """Whether it is something else than what stood in the form at first."""
    return said.bound != _seen(type_id, said.edition)


def rename(kind: TicketType, said: TypeSaid, *, by: Participant) -> None:
    """Its trigger is called after it, unless somebody has given it a name of its own."""
    binding = bindings().get(kind.id, Binding())
    rule, names = binding.rule, _names(said)
    if rule is None or binding.is_foreign or (rule.name_ru, rule.name_en) != _names(kind):
        return
    if names != _names(kind):
        _save(
            library.rule_for(rule.id, lock=True), definition_of(kind.id, binding.bound), names, by
        )


def _bind(type_id: int, said: Wanted, binding: Binding, by: Participant) -> None:
    kind, rule = catalog().types[type_id], binding.rule
    if said.edition != binding.edition:
        raise Stale(_("The trigger of “%(type)s” was saved meanwhile.", type=kind.name))
    if binding.is_foreign:
        text = _("Its trigger was changed in the editor; change it there.")
        raise Invalid(text, str(type_id))
    if said.bound.person is not None and said.bound.dispatcher:
        text = _("Either a person or the dispatcher: who is assigned is not chosen anew.")
        raise Invalid(text, str(type_id))
    try:
        made = _put(kind, rule, said.bound, by)
    except BadRule as error:
        raise Invalid(str(error), str(type_id)) from error
    settings.put(SETTING, {**settings.get(SETTING), kind.key: made.id})


def _put(kind: TicketType, rule: Rule | None, bound: Bound, by: Participant) -> Rule:
    definition = definition_of(kind.id, bound)
    if rule is None:
        note = _("Made on the page of types")
        new = NewVersion(definition, *_names(kind), note=note)
        return library.create(new, by=by, state=RuleState.ON)
    rule = library.rule_for(rule.id, lock=True)
    if bound == NOTHING:
        library.delete(rule, by=by)
    else:
        _save(rule, definition, (rule.name_ru, rule.name_en), by)
    return rule


def _save(rule: Rule, definition: dict[str, Any], names: tuple[str, str], by: Participant) -> None:
    new = NewVersion(definition, *names, note=_("Changed on the page of types"))
    library.save(rule, new, base=rule.version_number, by=by)


def _names(kind: TicketType | TypeSaid) -> tuple[str, str]:
    return f"Тип: {kind.name_ru}", f"Type: {kind.name_en}" if kind.name_en else ""


def _binding(
    kind: TicketType,
    rules: Sequence[Rule],
    sound: Mapping[int, Mapping[str, Any]],
    made: int | None,
) -> Binding:
    known = {number: read(definition, kind.id) for number, definition in sound.items()}
    own = next((rule for rule in rules if rule.id == made), None)
    own = own or next((rule for rule in rules if known.get(rule.id)), None)
    asking = {number for number, each in sound.items() if kind.id in _types_in(each)}
    others = tuple(rule for rule in rules if rule is not own and rule.id in asking)
    found = known.get(own.id) if own else NOTHING
    return Binding(found or NOTHING, own, is_foreign=found is None, others=others)


def _seen(type_id: int, edition: str) -> Bound:
    """What the form showed before it was touched."""
    rule_id, number = map(_number, edition.partition(".")[::2])
    if not (rule_id and number):
        return NOTHING
    rule = library.rule_for(rule_id, deleted=True)
    definition = library.version_of(rule, number).definition
    found = None if problems_in(definition) else read(definition, type_id)
    return found or NOTHING


def _number(text: str) -> int:
    """0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _types_in(definition: Mapping[str, Any]) -> Iterator[Any]:
    for _path, node in conditions_in(root_of(definition)):
        if node.get("field") == "type":
            value = node.get("value")
            yield from value if isinstance(value, list) else [value]


def _plain(definition: Mapping[str, Any]) -> Any:
    """With what goes without saying, whatever order its events stand in."""
    usual = {"run": "every", "stop": False, "overwrite": False}
    return {**usual, **definition, "on": sorted(set(definition["on"]))}

"""Rule sets with faults planted in them, and near misses beside them: a seed gives the same set."""

from collections.abc import Callable
from typing import Any

from benchmarks.planter import (
    DOING,
    FIELD_KINDS,
    WORDS,
    Definition,
    Graph,
    Planter,
    cond,
    setting,
)


def circle(planter: Planter) -> None:
    """2 to 5 rules: each hears of the field that the one before it sets, and of its value."""
    dice, size = planter.dice, planter.dice.randint(2, 5)
    fields = dice.sample(list(FIELD_KINDS), 2 if size > 3 else 1)
    names = [fields[at % len(fields)] for at in range(size)]  # each is set twice at least
    values = _ring(planter, names)
    beside = cond("channel", "any_of", dice.sample(["portal", "email", "phone", "api"], 3))
    asked = [[beside] if dice.random() < 0.5 else [] for _each in range(size)]
    planter.graph.plant("loop", _chained(planter, names, values, values, asked))


def near_circle(planter: Planter) -> None:
    """The same on one field, but a value that nobody sets is waited for, or two never meet."""
    dice = planter.dice
    name = dice.choice(list(FIELD_KINDS))
    size = dice.randint(2, min(5, len(planter.values[name])))
    values = dice.sample(planter.values[name], size)
    heard: list[Any] = list(values)
    spare = [each for each in planter.values[name] if each not in values]
    asked: list[list[Definition]] = [[] for _each in range(size)]
    if spare and dice.random() < 0.5:
        heard[dice.randrange(size)] = dice.choice(spare)
    else:
        asked[0] = [cond("channel", "is", "email")]
        asked[-1] = [cond("channel", "any_of", ["portal", "phone"])]
    _chained(planter, [name] * size, values, heard, asked)


def _chained(
    planter: Planter,
    names: list[str],
    values: list[Any],
    heard: list[Any],
    asked: list[list[Definition]],
) -> list[int]:
    """Rule n sets values[n], and waits for heard[n - 1] of the field before it."""
    here, places = planter.world(), []
    for at, name in enumerate(names):
        before = names[at - 1]
        kind = FIELD_KINDS[before] if planter.dice.random() < 0.7 else "ticket_updated"
        conditions = [_heard(planter, before, heard[at - 1]), here, *asked[at]]
        places.append(planter.rule([kind], conditions, [setting(name, values[at])]))
    return places


def _ring(planter: Planter, names: list[str]) -> list[Any]:
    """A value for each, so that no rule sets what is so already."""
    while True:
        values = [planter.dice.choice(planter.values[name]) for name in names]
        now: dict[str, Any] = dict(zip(names, values, strict=True))
        moved = True
        for name, value in zip(names, values, strict=True):
            moved = moved and (now[name] != value)
            now[name] = value
        if moved:
            return values


def _heard(planter: Planter, name: str, value: Any) -> Definition:
    ways = [cond(name, "is", value), cond(name, "became", [value]), cond(name, "any_of", [value])]
    if name == "priority" and value == 4:
        ways.append(cond(name, "gt", 3))
    return planter.dice.choice(ways)


def clash(planter: Planter) -> None:
    """Two rules set a field differently where both hold."""
    places = _two(planter, meet=True)
    planter.graph.plant("conflict", places)


def near_clash(planter: Planter) -> None:
    """The same, but their conditions shut each other out, or they hear of different events."""
    _two(planter, meet=False)


def _two(planter: Planter, *, meet: bool) -> list[int]:
    dice, here = planter.dice, planter.world()
    name = dice.choice(list(DOING))
    one, other = dice.sample(planter.values[name], 2)
    event = dice.choice(["ticket_created", "client_replied", "agent_replied"])
    both_ask = dice.choice(
        [
            (cond("channel", "is", "email"), cond("locale", "is", "ru")),
            (cond("channel", "any_of", ["email", "portal"]), cond("channel", "is_not", "email")),
            (
                cond("hours_since_assignee", "lt", 24),
                cond("text", "words", {"phrases": [dice.choice(WORDS)], "mode": "any"}),
            ),
        ]
    )
    apart = dice.choice(
        [
            (cond("channel", "is", "email"), cond("channel", "any_of", ["portal", "phone"])),
            (cond("hours_since_assignee", "lt", 24), cond("hours_since_assignee", "gt", 24)),
            (cond("tags", "has_any", ["вип"]), cond("tags", "has_none", ["вип", "опт"])),
            (cond("locale", "is", "ru"), cond("locale", "none_of", ["ru"])),
        ]
    )
    mine, its = both_ask if meet else apart
    second = event
    if not meet and dice.random() < 0.3:
        (mine, its), second = both_ask, "note_added" if event != "note_added" else "agent_replied"
    return [
        planter.rule([event], [here, mine], [setting(name, one)]),
        planter.rule([second], [here, its], [setting(name, other)]),
    ]


def shadow(planter: Planter) -> None:
    """A rule that stops takes all that the one below is for."""
    _stopping(planter, takes_all=True)


def near_shadow(planter: Planter) -> None:
    """It leaves some: another value, another event, or it runs once only."""
    _stopping(planter, takes_all=False)


def _stopping(planter: Planter, *, takes_all: bool) -> None:
    dice, here = planter.dice, planter.world()
    wide, narrow = dice.choice(
        [
            (cond("channel", "any_of", ["email", "portal"]), cond("channel", "is", "email")),
            (cond("priority", "gt", 1), cond("priority", "is", 3)),
            (cond("hours_since_assignee", "gt", 2), cond("hours_since_assignee", "gt", 5)),
            (cond("tags", "has_any", ["вип", "опт"]), cond("tags", "has_all", ["вип", "опт"])),
            (cond("subject", "contains", "чек"), cond("subject", "starts_with", "нет чека")),
        ]
    )
    events = ["ticket_created", "client_replied"]
    heard = dice.choice([events, events[:1]])
    run: dict[str, Any] = {}
    if not takes_all:
        change = dice.choice(["swap", "event", "once"])
        wide, narrow = (narrow, wide) if change == "swap" else (wide, narrow)
        heard = ["agent_replied", *events] if change == "event" else heard
        run = {"run": "once"} if change == "once" else {}
    note = [{"do": "add_note", "text": "Смотрим"}]
    above = planter.rule(events, [here, wide], note, stop=True, **run)
    below = planter.rule(heard, [here, narrow], note)
    if takes_all:
        planter.graph.plant("shadowed", [below, above])


def dead(planter: Planter) -> None:
    """Conditions that no ticket meets."""
    phrase = planter.dice.choice(WORDS)
    found = planter.dice.choice(
        [
            [cond("priority", "gt", 3), cond("priority", "lt", 4)],
            [cond("channel", "is", "email"), cond("channel", "none_of", ["email", "phone"])],
            [cond("tags", "has_any", ["вип"]), cond("tags", "empty")],
            [cond("assignee", "empty"), cond("assignee", "not_empty")],
            [cond("hours_since_agent", "lt", 3), cond("hours_since_agent", "gt", 30)],
            [_phrases(phrase, "any"), _phrases(phrase, "none")],
            [cond("status", "became", [1]), cond("status", "not_changed")],
            [cond("direction", "changed"), cond("direction", "not_changed")],
        ]
    )
    on = planter.dice.choice([["client_replied"], ["ticket_updated"], ["agent_replied"]])
    place = planter.rule(on, [planter.world(), *found], [_tag(planter)])
    planter.graph.plant("never", [place])


def near_dead(planter: Planter) -> None:
    """The same fields with values that meet."""
    phrase, other = planter.dice.sample(WORDS, 2)
    found = planter.dice.choice(
        [
            [cond("priority", "gt", 2), cond("priority", "lt", 4)],
            [cond("channel", "is_not", "email"), cond("channel", "none_of", ["email", "phone"])],
            [cond("tags", "has_any", ["вип"]), cond("tags", "has_none", ["опт"])],
            [cond("hours_since_assignee", "lt", 30), cond("hours_since_assignee", "gt", 3)],
            [_phrases(phrase, "any"), _phrases(other, "none")],
            [cond("status", "became", [1]), cond("status", "was", [2, 3])],
            [cond("status", "changed_from_to", {"from": [1], "to": []}), cond("status", "is", 3)],
        ]
    )
    on = planter.dice.choice([["client_replied"], ["ticket_updated"], ["agent_replied"]])
    planter.rule(on, [planter.world(), *found], [_tag(planter)])


def _phrases(phrase: str, mode: str) -> Definition:
    value = {"phrases": [phrase], "mode": mode, "within": 3, "guard_negation": True}
    return cond("text", "words", value)


def plain(planter: Planter) -> None:
    """A rule as companies have them, with nothing wrong."""
    words = {"phrases": planter.dice.sample(WORDS, 2), "mode": "any"}
    asked = [planter.world(), cond("text", "words", words), cond("line", "is", 1)]
    planter.rule(["ticket_created"], asked, [_tag(planter)])


def _tag(planter: Planter) -> Definition:
    return {"do": "add_tag", "value": [f"seen-{planter.groups}"]}


ALL: tuple[Callable[[Planter], None], ...] = (
    circle,
    near_circle,
    clash,
    near_clash,
    shadow,
    near_shadow,
    dead,
    near_dead,
    plain,
)


def graph(seed: int, groups: int = 6) -> Graph:
    return Planter(seed).grow(groups, ALL)

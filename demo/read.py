"""The demo company's files, read into plain values.

A story (stories/*.yaml) is one ticket: `client` writes at `opened`, either "3d 16:20" (three
working days before today, Moscow time) or "40m ago". `then` lists what follows, one moment each,
`after` so much time (of the staff: working time; of others: by the clock on the wall) or so long
`ago`. A moment says who acts (`by`, the client when left out) and what is done: DEEDS, in their
order. `ends` is what the ticket has come to when all triggers and counters have had their say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
LANGUAGES = ("ru", "en")
DEEDS = (
    *("client", "reply", "note", "line", "reason", "group", "assign", "priority"),
    *("tags", "fields", "status"),
)
# The parser written in C where there is one: five times faster.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Wording:
    """An answer in one language; `body` is Markdown with links such as article:refund."""

    title: str
    summary: str
    aliases: list[str]
    body: str


@dataclass(frozen=True)
class Answer:
    slug: str
    by: str
    days: int
    state: str
    read: int
    helped: int
    not_helped: int
    texts: dict[str, Wording]


@dataclass(frozen=True)
class Section:
    slug: str
    icon: str
    names: dict[str, str]
    about: dict[str, str]
    answers: list[Answer]


@dataclass(frozen=True)
class Moment:
    """`deeds` by name; `by` = key of a person, empty for the client of the story."""

    by: str
    after: str
    ago: str
    deeds: dict[str, Any]


@dataclass(frozen=True)
class Story:
    key: str
    client: str
    opened: str
    subject: str
    text: str
    direction: str
    channel: str = "portal"
    type: str = ""
    topic: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    then: list[Moment] = field(default_factory=list)
    ends: dict[str, Any] = field(default_factory=dict)


@cache
def company() -> dict[str, Any]:
    return dict(_yaml("company.yaml"))


def rules() -> list[dict[str, Any]]:
    return list(_yaml("rules.yaml"))


def counters() -> list[dict[str, Any]]:
    return list(_yaml("counters.yaml"))


def sections() -> list[Section]:
    return [_section(each) for each in _yaml("faq/categories.yaml")]


def stories() -> list[Story]:
    files = sorted((FOLDER / "stories").glob("*.yaml"))
    return [_story(each) for path in files for each in _yaml(f"stories/{path.name}")]


def _yaml(name: str) -> Any:
    return yaml.load((FOLDER / name).read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader


def _section(raw: dict[str, Any]) -> Section:
    names = {code: raw[code] for code in LANGUAGES}
    answers = [_answer(raw["slug"], each) for each in raw["answers"]]
    return Section(raw["slug"], raw["icon"], names, raw["about"], answers)


def _answer(section: str, raw: dict[str, Any]) -> Answer:
    texts = {code: _wording(section, raw["slug"], code) for code in LANGUAGES}
    counted = {name: raw.get(name, 0) for name in ("read", "helped", "not_helped")}
    state = raw.get("state", "published")
    return Answer(raw["slug"], raw["by"], raw["days"], state, **counted, texts=texts)


def _wording(section: str, slug: str, code: str) -> Wording:
    """A file begins with what stands between two lines of dashes."""
    whole = (FOLDER / "faq" / section / f"{slug}.{code}.md").read_text("utf-8")
    _nothing, head, body = whole.split("---\n", 2)
    said = yaml.load(head, _Loader)  # noqa: S506 - a safe loader
    return Wording(said["title"], said["summary"], said["aliases"], body.strip())


def _story(raw: dict[str, Any]) -> Story:
    given = dict(raw)
    given["key"] = given.pop("story")
    given["then"] = list(_moments(given.get("then", [])))
    return Story(**given)


def _moments(raw: list[dict[str, Any]]) -> Iterator[Moment]:
    for each in raw:
        deeds = {name: each[name] for name in DEEDS if name in each}
        unknown = set(each) - set(deeds) - {"by", "after", "ago"}
        if unknown:
            raise ValueError(f"nobody knows how to {', '.join(sorted(unknown))}")
        yield Moment(each.get("by", ""), each.get("after", ""), each.get("ago", ""), deeds)

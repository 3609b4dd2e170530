"""Doubts about the rules as they are stored, kept as long as nothing about them changes."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from core.bus import unit
from core.i18n import _, again, locale
from desk import revision
from desk.automation import library
from desk.automation.definition import Node, problems_in
from desk.automation.lint.finding import BROKEN, Finding
from desk.automation.lint.report import Found, findings, findings_of_draft
from desk.automation.lint.ruled import DRAFT, Source
from desk.automation.replay import expected
from desk.automation.replay.expected import Expected
from desk.automation.ruleset import ACTIVE
from desk.catalog import catalog
from desk.errors import kept
from models import Rule, RuleState, RuleVersion

log = logging.getLogger("liniya.rules")

T = TypeVar("T")
Stored = list[tuple[Rule, RuleVersion]]


def of_all() -> Found:
    """By rule id. Those that run are looked at together, the others each by itself."""
    return _kept("findings", _found, expected.last_done())


def of_draft(definition: Node, rule: Rule | None, *, name: str = "") -> list[Finding]:
    """Of what is being written: a version of a rule, or a new one at the end of the order."""
    above = None if rule is None else _above(rule)
    a_day = 0.0 if problems_in(definition) else _mails_a_day(definition, rule)

    def look(among: list[Source]) -> Found:
        others = [each for each in among if each is not mine]
        place = None if above is None else sum(each.id in above for each in others)
        found = findings_of_draft(definition, others, name=name, place=place, a_day=a_day)
        return {DRAFT: found}

    mine = Source(DRAFT, name, definition)
    others = [each for each in sources() if rule is None or each.id != rule.id]
    return _looked_for(look, [*others, mine]).get(DRAFT, [])


def _mails_a_day(definition: Node, rule: Rule | None) -> float:
    if rule is None:
        return Expected().mails_a_day(definition, None)
    version = library.version_of(rule)
    since = version.at if version.definition == definition else None
    return Expected().mails_a_day(definition, rule.id, since)


def sources() -> list[Source]:
    """The rules that run, in their order."""
    return _kept("sources", lambda: [_source(*row) for row in _running(_rows())])


def _kept(name: str, build: Callable[[], T], also: int = 0) -> T:
    """Built once for the rules, catalogue and language in force; never what may be taken back.

    `also` = what it depends on besides.
    """
    if "rules" in unit().notes.get("bumped", ()):
        return build()
    shelf, number = catalog().built, (revision.number("rules"), also)
    key = f"lint.{name}", locale()
    if key not in shelf or shelf[key][0] != number:
        shelf[key] = number, build()
    value: T = shelf[key][1]
    return value


def _found() -> Found:
    known = Expected()
    sound = [row for row in _running(_rows()) if not problems_in(row[1].definition)]
    a_day = {r.id: known.mails_a_day(v.definition, r.id, v.at) for r, v in sound}
    found = _looked_for(partial(findings, a_day=a_day), sources())
    for rule, version in _rows():
        if rule.state not in ACTIVE:
            found |= _looked_for(findings, [_source(rule, version)])
    return found


def _looked_for(look: Callable[[list[Source]], Found], among: list[Source]) -> Found:
    """Where it fails, those that fail by themselves are told as broken, the others without them."""
    try:
        return look(among)
    except Exception as error:  # whatever a rule does, it can be stopped on its page
        log.exception("findings can't be looked for", exc_info=error)
    broken = {each.id: [why] for each in among if (why := _failure(each))}
    try:
        return look([each for each in among if each.id not in broken]) | broken
    except Exception as error:  # the list and the editor are there without findings too
        log.exception("findings can't be looked for", exc_info=error)
        return broken


def _failure(source: Source) -> Finding | None:
    try:
        findings([source])
    except Exception as error:  # this one is at fault
        return Finding(BROKEN, "then", _("It can't be looked at: %(why)s", why=again(kept(error))))
    return None


def _rows() -> Stored:
    versions = library.versions_in_force()
    return [(rule, versions[rule.id]) for rule in library.rules()]


def _running(rows: Stored) -> Stored:
    return [row for row in rows if row[0].state in ACTIVE]


def _above(rule: Rule) -> set[int]:
    """The ids of all that stand above it."""
    at = (rule.position, rule.id)
    return {each.id for each in library.rules() if (each.position, each.id) < at}


def _source(rule: Rule, version: RuleVersion) -> Source:
    acts = rule.state == RuleState.ON
    return Source(rule.id, rule.name, version.definition, acts)

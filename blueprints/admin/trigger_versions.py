"""Versions of a trigger side by side, one put in force again; who changed what."""

from itertools import pairwise

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import LIST, ask_for_number, me
from blueprints.once import once
from core.i18n import _
from core.web import id_given, page, see_other
from desk import access
from desk.automation import changes, library, mass
from desk.automation.beside import Whole, besides
from desk.automation.compared import compared
from desk.automation.library import BadRule
from desk.automation.mass import MassEffect
from desk.automation.pieces import Sentence
from desk.automation.sentences import sentence_of
from desk.errors import NotFound
from models import Rule, RuleState, RuleVersion

Side = tuple[int, Sentence, list[Sentence]]  # number, what it says, what else differs


def with_changes(newest_first: list[RuleVersion]) -> list[tuple[RuleVersion, Sentence]]:
    """Each version as a sentence in which what is new in it is marked."""
    said = [sentence_of(version.definition) for version in newest_first]
    marked = [compared(older, newer)[1] for newer, older in pairwise(said)]
    return list(zip(newest_first, [*marked, *said[-1:]], strict=True))


def show_deleted(rule: Rule) -> Response:
    """What it was, for those who come by a link of the history, and the way back."""
    return page(
        "admin/triggers/deleted.html",
        rule=rule,
        versions=with_changes(library.versions_of(rule)),
        may_bring_back=access.may(current_user, "rules.edit"),
    )


@blueprint.get("/triggers/<int:rule_id>/compare")
def compare_versions(rule_id: int) -> Response:
    access.demand(current_user, "rules.read")
    rule = library.rule_for(rule_id, deleted=True)
    versions = {version.number: version for version in library.versions_of(rule)}
    newer = id_given(request.args.get("new")) or rule.version_number
    older = id_given(request.args.get("old")) or max(newer - 1, 1)
    if newer not in versions or older not in versions:
        raise NotFound(_("There is no such version."))
    chosen = [versions[number] for number in dict.fromkeys((older, newer))]
    return page(
        "admin/triggers/compare.html",
        rule=rule,
        versions=versions,
        chosen=(older, newer),
        sides=_sides(rule, chosen),
        editable=rule.deleted_at is None and access.may(current_user, "rules.edit"),
    )


def _sides(rule: Rule, chosen: list[RuleVersion]) -> list[Side]:
    """A version beside itself is one."""
    said = tuple(sentence_of(version.definition) for version in chosen)
    if len(chosen) == 1:
        return [(chosen[0].number, said[0], [])]
    known = changes.of_versions(rule)
    wholes = [Whole(each.definition, *known.get(each.number, ({}, ""))) for each in chosen]
    numbers = [version.number for version in chosen]
    return list(zip(numbers, compared(*said), besides(*wholes), strict=True))


@blueprint.post("/triggers/<int:rule_id>/restore")
@once
def restore_trigger(rule_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    rule = library.rule_for(rule_id, lock=True)
    number = request.form.get("number", 0, type=int)
    earlier, place = library.version_of(rule, number), f"{LIST}/{rule.id}?tab=versions#panel"
    try:
        _ask_if_mass(rule, earlier)
        library.restore(rule, earlier.number, by=me())
    except MassEffect as error:
        return ask_for_number(earlier, error, "restore", {"number": earlier.number}, place)
    except BadRule as error:
        flash(_("It can't be put in force again: %(why)s", why=error), "error")
        return see_other(place)
    flash(_("Version %(n)s is in force again.", n=earlier.number))
    return see_other(place)


def _ask_if_mass(rule: Rule, earlier: RuleVersion) -> None:
    """MassEffect when the trigger works and the version touches a great many tickets."""
    if rule.state == RuleState.ON and earlier.number != rule.version_number:
        typed, shown = (request.form.get(name, "") for name in ("typed", "shown"))
        mass.demand(earlier.definition, typed, shown)


@blueprint.get("/triggers/changes")
def trigger_changes() -> Response:
    access.demand(current_user, "rules.read")
    found, following = changes.recent(before=id_given(request.args.get("before")))
    return page("admin/triggers/changes.html", found=found, following=following)

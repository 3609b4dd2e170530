"""Counters: their order, what runs, what is late, what fired, what fails."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Response, flash, make_response, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from blueprints.once import once
from core.excel import EXCEL
from core.i18n import _, format_number, ngettext
from core.web import id_given, page, see_other
from desk import access, counter_firings, counters_report, counters_sheet, deadlines
from desk.automation.pieces import Sentence
from desk.catalog import catalog
from desk.deadlines import kept, removing, switching_off
from desk.deadlines.causes import CAUSES
from desk.deadlines.kinds import KINDS
from desk.deadlines.sentences import Spoken, sentence_of, steps_of
from desk.errors import Invalid
from models import CounterPolicy, CounterPolicyVersion, Staff

LIST = "/admin/counters"
TABS = ("kept", "fired", "versions")
EXPLAINED = {key: kind.explained for key, kind in KINDS.items()}
LABELS = {key: kind.label for key, kind in KINDS.items()}


class Line:
    """One counter of the list, in the words of the version in force."""

    def __init__(self, policy: CounterPolicy, version: CounterPolicyVersion) -> None:
        self.policy, self.version = policy, version
        self.limit = timedelta(minutes=version.limit_minutes)

    @property
    def sentence(self) -> Sentence:
        spoken = Spoken(
            kind=self.policy.kind,
            limit=self.limit,
            calendar_id=self.version.calendar_id,
            conditions=self.version.conditions,
            pause=self.version.pause_statuses,
            targets=self.version.targets,
            options=self.version.options,
        )
        return sentence_of(spoken)

    @property
    def steps(self) -> list[tuple[str, Sentence]]:
        return steps_of(self.version.steps, self.limit)


@blueprint.get("/counters")
def counters() -> Response:
    access.demand(current_user, "counters.read")
    pairs = counters_report.policies()
    lines = [Line(*pair) for pair in pairs]
    return page(
        "admin/counters/list.html",
        "counters",
        groups=[(kind, *_on_and_off(lines, kind)) for kind in KINDS],
        any_lines=bool(lines),
        kinds=LABELS,
        explained=EXPLAINED,
        figures=counters_report.figures(),
        bounded=bounded,
        taken_by=deadlines.taken_by(pairs),
        failing=counters_report.failing(_staff()),
        editable=access.may(current_user, "counters.edit"),
    )


def _on_and_off(lines: Sequence[Line], kind: str) -> tuple[list[Line], list[Line]]:
    """Those that are tried, and those that wait below them to be switched on."""
    its = [line for line in lines if line.policy.kind == kind]
    on = [line for line in its if line.policy.is_active]
    return on, [line for line in its if not line.policy.is_active]


@blueprint.get("/timers")
def timers() -> Response:
    """The address that bookmarks may have."""
    return see_other(LIST)


@blueprint.get("/counters/<int:number>")
def counter(number: int) -> Response:
    """What it did: its firings; and the versions it had."""
    access.demand(current_user, "counters.read")
    policy, version = counters_report.policy(number)
    tab = request.args.get("tab") if request.args.get("tab") in TABS else TABS[0]
    editable = access.may(current_user, "counters.edit")
    return page(
        "admin/counters/counter.html",
        policy=policy,
        line=Line(policy, version),
        tab=tab,
        kinds=LABELS,
        taken_by=deadlines.taken_by(counters_report.policies()).get(policy.id),
        editable=editable,
        stays=removing.what_keeps(policy) if editable else None,
        **SHOWN[tab](policy),
    )


def _fired(policy: CounterPolicy) -> dict[str, Any]:
    before = id_given(request.args.get("before"))
    firings, following = counter_firings.firings(_staff(), policy, before)
    most = format_number(counters_sheet.EXPORTED)
    return {"firings": firings, "following": following, "most": most}


def _versions(policy: CounterPolicy) -> dict[str, Any]:
    return {"versions": [Line(policy, each) for each in counters_report.versions(policy)]}


def _kept(policy: CounterPolicy) -> dict[str, Any]:
    days = request.args.get("days", type=int)
    days = days if days in kept.PERIODS else kept.PERIODS[1]
    return {
        "days": days,
        "periods": kept.PERIODS,
        "is_measured": KINDS[policy.kind].is_measured,
        "kept": kept.kept(policy, days),
        "misses": kept.misses(policy, days, _staff()),
        "causes": CAUSES,
        "staff": catalog().staff,
    }


SHOWN = {"kept": _kept, "fired": _fired, "versions": _versions}


@blueprint.get("/counters/<int:number>/firings.xlsx")
def firings_sheet(number: int) -> Response:
    """Every firing of the last year that this person may see, the newest first."""
    access.demand(current_user, "counters.read")
    policy, _version = counters_report.policy(number)
    response = make_response(counters_sheet.sheet(_staff(), policy))
    response.headers["Content-Type"] = EXCEL
    response.headers["Content-Disposition"] = f'attachment; filename="counter-{number}.xlsx"'
    return response


@blueprint.post("/counters/<int:number>/state")
@once
def switch_counter(number: int) -> Response:
    access.demand(current_user, "counters.edit")
    policy, _version = counters_report.policy(number, lock=True)
    on = request.form.get("state") == "on"
    effect = switching_off.effect_on(policy)
    if effect.clocks and not on and "sure" not in request.form:
        return see_other(f"{LIST}/{number}/off")
    back = deadlines.switch(policy, on=on, by=me())
    said = _back(back) if on else switching_off.told(effect)
    if said:
        flash(said, "told")
    return see_other(LIST)


def _back(clocks: int) -> str:
    if not clocks:
        return ""
    return ngettext(
        "%(num)s clock that ended when it was switched off goes on where it was.",
        "%(num)s clocks that ended when it was switched off go on where they were.",
        clocks,
    )


@blueprint.get("/counters/<int:number>/off")
def ask_to_switch_off(number: int) -> Response:
    """Before clocks end or go over: how many, and where to."""
    access.demand(current_user, "counters.edit")
    policy, _version = counters_report.policy(number)
    effect = switching_off.effect_on(policy)
    if not effect.clocks:
        return see_other(LIST)
    most = switching_off.LOOKED_AT
    return page("admin/counters/off.html", policy=policy, effect=effect, most=most)


@blueprint.post("/counters/<int:number>/delete")
@once
def delete_counter(number: int) -> Response:
    """One that never ran; the page says why another stays."""
    access.demand(current_user, "counters.edit")
    policy, _version = counters_report.policy(number, lock=True)
    try:
        removing.remove_policy(policy, by=me())
    except Invalid as error:
        flash(str(error), "error")
        return see_other(f"{LIST}/{number}")
    flash(_("Deleted."))
    return see_other(LIST)


@blueprint.post("/counters/<int:number>/move")
@once
def move_counter(number: int) -> Response:
    access.demand(current_user, "counters.edit")
    policy, _version = counters_report.policy(number, lock=True)
    deadlines.move(policy, up=request.form.get("to") == "up", by=me())
    return see_other(LIST)


@blueprint.post("/counters/failing/<int:number>/retry")
@once
def retry_counter(number: int) -> Response:
    access.demand(current_user, "counters.edit")
    deadlines.retry(counters_report.failing_one(number))
    flash(_("It is tried once more now."))
    return see_other(LIST)


def bounded(count: int) -> str:
    return f"{counters_report.COUNTED}+" if count > counters_report.COUNTED else str(count)


def _staff() -> Staff:
    person = me()
    assert isinstance(person, Staff)  # noqa: S101 - the blueprint lets the staff in only
    return person

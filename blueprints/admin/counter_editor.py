"""One counter: written as a sentence, its steps, its rows of conditions and actions."""

from datetime import datetime, timedelta
from typing import Any

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin import counter_buttons, counter_form, counter_parts
from blueprints.admin.blueprint import blueprint
from blueprints.admin.counter_form import Editor
from blueprints.admin.counter_said import said_of
from blueprints.admin.counters import EXPLAINED, LABELS, LIST, Line
from blueprints.admin.trigger_pickers import pickers
from blueprints.admin.triggers import me
from blueprints.once import once
from core.db import db
from core.i18n import _, weekday_names
from core.web import page, see_other
from desk import access, calendar_preview, counters_report, deadlines, events
from desk.automation.definition import Problem
from desk.automation.fields import all_fields, field_named
from desk.automation.operator import Looks, Operator
from desk.automation.operators import operators_for
from desk.business_time import WorkCalendar
from desk.calendars import work_calendar
from desk.catalog import catalog
from desk.deadlines import late_now, replay
from desk.deadlines.kinds.custom import became
from desk.deadlines.sentences import event_names, said_amount, when
from desk.deadlines.targets import MAX_MINUTES
from desk.errors import Invalid, Stale
from models import Calendar, CounterPolicy, CounterPolicyVersion, StatusCategory

PLACES = {"limit_minutes": "limit", "conditions": "if"}  # fields of the verb -> of the page
DRAW = f"{LIST}/draw"
BEGINNINGS = (events.TicketCreated.kind, events.DialogCreated.kind)  # nothing ends with them
NOTHING_TRIED: dict[str, Any] = {
    "clock": None,
    "clock_problem": "",
    "ticket_number": "",
    "job": None,
    "late_problem": "",
    "is_same": False,
    "days": replay.DAYS,
    "chosen_days": replay.USUAL,
}


@blueprint.get("/counters/new")
def new_counter() -> Response:
    access.demand(current_user, "counters.edit")
    return show(counter_form.blank(next(iter(catalog().calendars), None)))


@blueprint.post("/counters/new")
@once
def create_counter() -> Response:
    access.demand(current_user, "counters.edit")
    return _save(counter_form.from_form(None))


@blueprint.get("/counters/<int:number>/edit")
def edit_counter(number: int) -> Response:
    access.demand(current_user, "counters.edit")
    return show(counter_form.of_policy(*counters_report.policy(number)))


@blueprint.post("/counters/<int:number>/edit")
@once
def save_counter(number: int) -> Response:
    access.demand(current_user, "counters.edit")
    policy, _version = counters_report.policy(number, lock=True)
    return _save(counter_form.from_form(policy))


@blueprint.post("/counters/draw")
def draw_counter() -> Response:
    """The form once more, with a step or a row added, moved, changed; nothing is saved."""
    access.demand(current_user, "counters.edit")
    editor = drawn()
    counter_buttons.press(editor, request.form.get("do", ""))
    return show(editor, "parts", "sentence", "panel")


def drawn() -> Editor:
    """The form as it is now, whatever is missing in it."""
    number = request.form.get("policy", type=int)
    return counter_form.from_form(counters_report.policy(number)[0] if number else None)


@blueprint.get("/counters/draw")
def no_counter_drawn() -> Response:
    """Reloading a form that was only drawn leads to the list; nothing of it was saved."""
    return see_other(LIST)


def _save(editor: Editor) -> Response:
    editor.problems = editor.check()
    if editor.problems:
        return show(editor, status=422)
    policy = editor.policy or CounterPolicy(kind=editor.kind)
    late = late_now.of_kind(policy.kind)
    try:
        base = editor.base if editor.policy else None
        deadlines.save_policy(
            policy, _new_version(editor), by=me(), names=editor.names, based_on=base
        )
    except Stale:
        return _overtaken(editor, policy)
    except Invalid as error:
        editor.problems = [Problem(PLACES.get(error.field, error.field), str(error))]
        return show(editor, status=422)
    more = late_now.told(late, late_now.of_kind(policy.kind))
    flash(f"{said_of(policy, is_new=editor.policy is None)} {more}".rstrip(), "told")
    return see_other(f"{LIST}/{policy.id}")


def _new_version(editor: Editor) -> CounterPolicyVersion:
    calendar = db.session.get(Calendar, editor.calendar_id)
    if calendar is None:
        raise Invalid(_("Choose a calendar."), "calendar")
    return CounterPolicyVersion(
        calendar=calendar,
        conditions=editor.conditions if any(editor.conditions.values()) else {},
        pause_statuses=[each for each in editor.pause if each in catalog().statuses],
        limit_minutes=editor.limit.minutes,
        targets=[row.stored for row in editor.targets],
        options=editor.own_options,
        steps=editor.stored_steps,
    )


def _overtaken(editor: Editor, policy: CounterPolicy) -> Response:
    """Both versions side by side; saving once more is then a choice."""
    theirs = Line(*counters_report.policy(policy.id))
    editor.theirs, editor.theirs_by = theirs.sentence, theirs.version.author_id
    editor.base = policy.edition
    return show(editor, status=409)


def show(editor: Editor, *blocks: str, status: int = 200, **more: Any) -> Response:
    """`more` = what stands below on the right-hand side; see counter_trial."""
    return page(
        "admin/counters/editor.html",
        *blocks,
        status=status,
        editor=editor,
        policy=editor.policy,
        kinds=LABELS,
        explained=EXPLAINED,
        units=counter_parts.UNITS,
        sides=counter_parts.SIDES,
        own_events=_own_events(editor),
        beginnings=BEGINNINGS,
        words=catalog(),
        taken_by=_taken_by(editor) if not blocks else None,
        pickers=_pickers(editor),
        said_minutes=_said_minutes,
        **_of_panel(editor),
        **(NOTHING_TRIED | more),
    )


def _own_events(editor: Editor) -> dict[str, str]:
    """Without the statuses that end every counter, and those that are not in use any more."""
    chosen = {key for name in counter_form.OPTIONS for key in editor.options.get(name, ())}
    rows = catalog().statuses.values()
    ending = {row.id for row in rows if not StatusCategory(row.category).is_open}
    spare = {became(row.id) for row in rows if not row.is_active or row.id in ending}
    return {key: name for key, name in event_names().items() if key not in spare - chosen}


def _taken_by(editor: Editor) -> CounterPolicy | None:
    """The counter above that keeps the saved one from ever starting."""
    saved = editor.policy
    return deadlines.taken_by(counters_report.policies()).get(saved.id) if saved else None


def _said_minutes(minutes: int) -> str:
    return said_amount(timedelta(minutes=minutes))


def _seen_from_limit(after: int, limit: int) -> str:
    return when(timedelta(minutes=after), timedelta(minutes=limit))


def _of_panel(editor: Editor) -> dict[str, Any]:
    """The calendar as a week, and the moments to come if the clock started now."""
    row = catalog().calendars.get(editor.calendar_id or 0)
    if row is None:
        return {"drawn": None}
    calendar = work_calendar(row)
    return {
        "drawn": calendar,
        "drawn_name": row.name,
        "ahead": calendar_preview.days(calendar, 7),
        "preview": calendar_preview,
        "short_days": weekday_names("abbreviated"),
        "coming": _coming(editor, calendar),
    }


def _coming(editor: Editor, calendar: WorkCalendar) -> list[tuple[str, datetime | None, bool]]:
    limit = editor.limit.minutes
    moments = {step.after(limit) for step in editor.steps} | {limit}
    sound = sorted(each for each in moments if 0 <= each <= MAX_MINUTES)
    told = zip(sound, calendar_preview.due(calendar, sound), strict=True)
    return [(_seen_from_limit(each, limit), due, each == limit) for each, due in told]


def _pickers(editor: Editor) -> dict[str, Any]:
    """The rows of triggers, without what looks back at a change."""
    rows = pickers(draw=DRAW, target="#parts", problem=editor.problem, editable=True)
    fields = [each for each in all_fields() if each.key != "counter"]
    return {**rows, "fields": fields, "operators_of": _operators_of}


def _operators_of(key: str) -> dict[str, Operator]:
    named = field_named(key)
    fitting = operators_for(named.type, has_history=False) if named else []
    return {each.key: each for each in fitting if each.looks == Looks.NOW}

"""The counter editor's form: what was written in it, sound or not, and what its buttons do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import request

from blueprints.forms import one_line
from core.i18n import N_, _
from desk.automation import draft
from desk.automation.actions import ACTIONS
from desk.automation.definition import (
    Problem,
    conditions_in,
    known,
    problems_of_action,
    problems_of_group,
)
from desk.automation.operator import Looks
from desk.automation.pieces import Sentence
from desk.deadlines.policies import MAX_STEPS
from desk.deadlines.sentences import sentence_of
from models import CounterPolicy, CounterPolicyVersion

UNITS = {"min": N_("minutes"), "h": N_("hours")}
MINUTES = {"min": 1, "h": 60}
Form = Mapping[str, Sequence[str]]


@dataclass
class Amount:
    """A length of working time as it was written."""

    text: str = ""
    unit: str = "min"

    @property
    def minutes(self) -> int:
        """Negative when it is no length of time in whole minutes."""
        try:
            exact = float(self.text.replace(",", ".")) * MINUTES[self.unit]
        except ValueError:
            return -1
        return int(exact) if 0 <= exact < 1e7 and exact == int(exact) else -1

    @classmethod
    def of(cls, minutes: int) -> "Amount":
        whole = minutes >= 60 and minutes % 60 == 0
        return cls(str(minutes // 60), "h") if whole else cls(str(minutes))


@dataclass
class Step:
    after: Amount
    then: list[dict[str, Any]]


@dataclass
class Editor:
    """One counter on the desk of an administrator; `policy` None = it is new."""

    policy: CounterPolicy | None
    kind: str = "no_answer"
    name_ru: str = ""
    name_en: str = ""
    calendar_id: int | None = None
    limit: Amount = field(default_factory=lambda: Amount("15"))
    pause: list[int] = field(default_factory=list)
    conditions: dict[str, Any] = field(default_factory=lambda: {"all": []})
    steps: list[Step] = field(default_factory=list)
    base: int = 0  # number of the version that is being edited
    problems: list[Problem] = field(default_factory=list)
    theirs: Sentence = ()  # what somebody else saved meanwhile

    @property
    def names(self) -> dict[str, str]:
        return {"ru": self.name_ru, "en": self.name_en}

    @property
    def sentence(self) -> Sentence:
        return sentence_of(
            self.kind,
            limit=timedelta(minutes=max(self.limit.minutes, 0)),
            calendar_id=self.calendar_id,
            conditions=self.conditions,
            pause=self.pause,
        )

    def problem(self, where: str) -> str:
        """What is wrong in the row with this path."""
        return next((one.message for one in self.problems if one.where == where), "")

    def check(self) -> list[Problem]:
        """Everything that keeps it from being saved, each with its place on the page."""
        found = [] if self.name_ru else [Problem("name_ru", _("Give it a name."))]
        if self.calendar_id is None:
            found.append(Problem("calendar", _("Choose a calendar.")))
        if self.limit.minutes < 1:
            found.append(Problem("limit", _("The limit is a whole number of minutes, at least 1.")))
        found += problems_of_group(self.conditions, "if") or _looking_back(self.conditions)
        if not self.steps:
            found.append(Problem("steps", _("Without a step the counter does nothing: add one.")))
        for number, step in enumerate(self.steps):
            found += _of_step(step, f"steps.{number}")
        return found

    @property
    def stored_steps(self) -> list[dict[str, Any]]:
        return [{"after": step.after.minutes, "then": step.then} for step in self.steps]


def _of_step(step: Step, path: str) -> list[Problem]:
    found = []
    if step.after.minutes < 0:
        found.append(Problem(f"{path}.after", _("A step comes after a whole number of minutes.")))
    if not step.then:
        found.append(Problem(f"{path}.then", _("Choose at least one action.")))
    for at, action in enumerate(step.then):
        found += problems_of_action(action, f"{path}.then.{at}")
    return found


def _looking_back(group: Mapping[str, Any]) -> list[Problem]:
    """A counter is chosen by how things are; nothing has just changed then."""
    text = _("A counter looks at how things are, not at what has just changed.")
    operators = ((path, known(node)[1]) for path, node in conditions_in(group))
    return [Problem(path, text) for path, op in operators if op and op.looks != Looks.NOW]


def blank(calendar_id: int | None) -> Editor:
    first = Step(Amount("15"), [ACTIONS["send_mail"].blank() | {"to": "assignee"}])
    return Editor(None, calendar_id=calendar_id, steps=[first])


def of_policy(policy: CounterPolicy, version: CounterPolicyVersion) -> Editor:
    ordered = sorted(version.steps, key=lambda step: step["after"])
    return Editor(
        policy,
        policy.kind,
        policy.name_ru,
        policy.name_en,
        version.calendar_id,
        Amount.of(version.limit_minutes),
        list(version.pause_statuses),
        dict(version.conditions) or {"all": []},
        [Step(Amount.of(step["after"]), list(step["then"])) for step in ordered],
        base=policy.version_number,
    )


def from_form(policy: CounterPolicy | None) -> Editor:
    """Everything that was written, sound or not."""
    form: Form = {name: request.form.getlist(name) for name in request.form}
    return Editor(
        policy,
        policy.kind if policy else _line(form, "kind"),
        _line(form, "name_ru"),
        _line(form, "name_en"),
        request.form.get("calendar", type=int),
        _amount(form, "limit"),
        request.form.getlist("pause", type=int),
        draft.read_group(form, "if"),
        [_step(form, f"steps.{number}") for number in _numbers(form)],
        base=request.form.get("base", 0, type=int),
    )


def _step(form: Form, path: str) -> Step:
    return Step(_amount(form, f"{path}.after"), draft.read_actions(form, f"{path}.then"))


def _amount(form: Form, name: str) -> Amount:
    unit = _line(form, f"{name}.unit")
    return Amount(_line(form, name)[:20], unit if unit in UNITS else "min")


def _numbers(form: Form) -> list[int]:
    """The steps, in order; they may have gaps."""
    names = (re.match(r"steps\.([0-9]{1,4})\.", name) for name in form)
    return sorted({int(name[1]) for name in names if name})[: MAX_STEPS + 1]


def _line(form: Form, name: str) -> str:
    return one_line(form.get(name, ("",))[0])


def changed(editor: Editor, command: str) -> None:
    """What a button does: "add-step", "remove-step:1", or one of the rows' own."""
    verb, _colon, path = command.partition(":")
    place = re.fullmatch(r"steps\.([0-9]{1,4})\.then((?:\.[0-9]{1,4})*)", path)
    if verb == "add-step":
        _add_step(editor)
    elif verb == "remove-step" and path.isascii() and path.isdigit():
        del editor.steps[int(path) : int(path) + 1]
    elif place and int(place[1]) < len(editor.steps):
        part = {"if": {"all": []}, "then": editor.steps[int(place[1])].then}
        draft.changed(part, f"{verb}:then{place[2]}")
    elif path.startswith("if"):
        draft.changed({"if": editor.conditions, "then": []}, command)


def _add_step(editor: Editor) -> None:
    last = editor.steps[-1].after if editor.steps else editor.limit
    later = Amount(last.text, last.unit)
    editor.steps.append(Step(later, [ACTIONS["send_mail"].blank() | {"to": "head"}]))

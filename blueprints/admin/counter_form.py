"""The counter editor's form: what was written in it, sound or not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import request

from blueprints.admin.counter_parts import Amount, Step, TargetRow
from blueprints.forms import one_line
from core.i18n import _
from desk.automation import draft
from desk.automation.actions import ACTIONS
from desk.automation.definition import Problem, conditions_in, known, problems_of_group
from desk.automation.operator import Looks
from desk.automation.pieces import Sentence
from desk.catalog import catalog
from desk.deadlines.kinds import KINDS
from desk.deadlines.policies import MAX_STEPS
from desk.deadlines.sentences import Spoken, sentence_of
from desk.deadlines.targets import MAX_TARGETS, problem_of_limit
from models import CounterPolicy, CounterPolicyVersion

OPTIONS = ("starts", "stops")
Form = Mapping[str, Sequence[str]]


@dataclass
class Editor:
    """One counter on the desk of an administrator; `policy` None = it is new."""

    policy: CounterPolicy | None
    kind: str = "no_answer"
    name_ru: str = ""
    name_en: str = ""
    calendar_id: int | None = None
    limit: Amount = field(default_factory=lambda: Amount("15"))
    targets: list[TargetRow] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    pause: list[int] = field(default_factory=list)
    conditions: dict[str, Any] = field(default_factory=lambda: {"all": []})
    steps: list[Step] = field(default_factory=list)
    base: str = ""  # the edition that is being edited
    problems: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)  # what no editor sends
    theirs: Sentence = ()  # what was saved meanwhile
    theirs_by: int = 0  # by whom: somebody else, or the same person in another window
    at: str = ""  # the row that the person is at after a button

    @property
    def names(self) -> dict[str, str]:
        return {"ru": self.name_ru, "en": self.name_en}

    @property
    def sentence(self) -> Sentence:
        spoken = Spoken(
            kind=self.kind,
            limit=timedelta(minutes=max(self.limit.minutes, 0)),
            calendar_id=self.calendar_id,
            conditions=self.conditions,
            pause=self.pause,
            targets=[row.stored for row in self.targets if not row.problem],
            options=self.own_options,
        )
        return sentence_of(spoken)

    @property
    def recurs(self) -> bool:
        """Whether what starts it comes to open tickets, too."""
        return self.kind in KINDS and KINDS[self.kind].recurs

    @property
    def own_options(self) -> dict[str, list[str]]:
        """What the kind asks for besides."""
        return self.options if self.kind == "custom" else {}

    def problem(self, where: str) -> str:
        """What is wrong in the row with this path."""
        return next((one.message for one in self.problems if one.where == where), "")

    def check(self) -> list[Problem]:
        """Everything that keeps it from being saved, each with its place on the page."""
        found = [*self.refused]
        found += [] if self.name_ru else [Problem("name_ru", _("Give it a name."))]
        found += self._of_options()
        if self.calendar_id is None:
            found.append(Problem("calendar", _("Choose a calendar.")))
        if not set(self.pause) <= catalog().statuses.keys():
            found.append(Problem("pause", _("Not a valid choice.")))
        wrong = problem_of_limit(self.limit.minutes)
        found += [Problem("limit", wrong)] if wrong else []
        for number, row in enumerate(self.targets):
            wrong = row.problem or self._too_short(row)
            found += [Problem(f"targets.{number}", wrong)] if wrong else []
        found += problems_of_group(self.conditions, "if") or _looking_back(self.conditions)
        for number, step in enumerate(self.steps):
            found += step.problems(f"steps.{number}", max(self.limit.minutes, 0))
        return found or self._at_the_same_moment()

    def _too_short(self, row: TargetRow) -> str:
        """A step stands at its distance to this limit, too."""
        before = max((each.by.minutes for each in self.steps if each.side == "before"), default=0)
        if row.limit.minutes >= before:
            return ""
        return _("A step that comes before the limit would come before this clock starts.")

    def _at_the_same_moment(self) -> list[Problem]:
        """“0 minutes after” is at the limit, where another step may stand."""
        text = _("Another step comes at this moment already: put what they do into one.")
        moments = [step.after(self.limit.minutes) for step in self.steps]
        again = (at for at, each in enumerate(moments) if each in moments[:at])
        return [Problem(f"steps.{at}.by", text) for at in again]

    def _of_options(self) -> list[Problem]:
        texts = {"starts": _("Choose what starts it."), "stops": _("Choose what stops it.")}
        if self.kind != "custom":
            return []
        return [Problem(name, texts[name]) for name in OPTIONS if not self.options.get(name)]

    @property
    def stored_steps(self) -> list[dict[str, Any]]:
        return [{"after": step.after(self.limit.minutes), "then": step.then} for step in self.steps]

    @property
    def draft(self) -> dict[str, Any]:
        """To be counted by, saved or not; see desk.deadlines.drafted."""
        sound = [step for step in self.stored_steps if step["after"] >= 0]
        return {
            "policy": self.policy.id if self.policy else None,
            "kind": self.kind,
            "names": self.names,
            "calendar": self.calendar_id,
            "conditions": self.conditions,
            "pause": self.pause,
            "limit": self.limit.minutes,
            "targets": [row.stored for row in self.targets if not row.problem],
            "options": self.own_options,
            "steps": sound if self.limit.minutes > 0 else [],
        }


def _looking_back(group: Mapping[str, Any]) -> list[Problem]:
    """A counter is chosen by how things are; nothing has just changed then."""
    text = _("A counter looks at how things are, not at what has just changed.")
    operators = ((path, known(node)[1]) for path, node in conditions_in(group))
    return [Problem(path, text) for path, op in operators if op and op.looks != Looks.NOW]


def blank(calendar_id: int | None) -> Editor:
    first = Step("at", Amount(), [ACTIONS["send_mail"].blank() | {"to": "assignee"}])
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
        targets=[TargetRow.of(each) for each in version.targets],
        options={name: list(version.options.get(name, ())) for name in OPTIONS},
        pause=list(version.pause_statuses),
        conditions=dict(version.conditions) or {"all": []},
        steps=[Step.of(step, version.limit_minutes) for step in ordered],
        base=policy.edition,
    )


def from_form(policy: CounterPolicy | None) -> Editor:
    """Everything that was written, sound or not."""
    form: Form = {name: request.form.getlist(name) for name in request.form}
    wrong: list[Problem] = []
    return Editor(
        policy,
        policy.kind if policy else _line(form, "kind"),
        _line(form, "name_ru"),
        _line(form, "name_en"),
        request.form.get("calendar", type=int),
        _amount(form, "limit"),
        targets=[_target(form, f"targets.{n}") for n in _numbers(form, "targets", MAX_TARGETS)],
        options={name: request.form.getlist(name) for name in OPTIONS},
        pause=request.form.getlist("pause", type=int),
        conditions=draft.read_group(form, "if", wrong),
        steps=[_step(form, f"steps.{n}", wrong) for n in _numbers(form, "steps", MAX_STEPS)],
        base=request.form.get("base", ""),
        refused=wrong,
    )


def _target(form: Form, path: str) -> TargetRow:
    known_categories = catalog().categories
    categories = request.form.getlist(f"{path}.categories", type=int)
    return TargetRow(
        request.form.getlist(f"{path}.priorities", type=int),
        [each for each in categories if each in known_categories],
        _amount(form, f"{path}.limit"),
    )


def _step(form: Form, path: str, wrong: list[Problem]) -> Step:
    """An amount that was not asked for so far begins with a quarter of an hour."""
    side = _line(form, f"{path}.side")
    amount = _amount(form, f"{path}.by") if f"{path}.by" in form else Amount("15")
    return Step(side, amount, draft.read_actions(form, f"{path}.then", wrong))


def _amount(form: Form, name: str) -> Amount:
    return Amount.written(_line(form, name), _line(form, f"{name}.unit"))


def _numbers(form: Form, part: str, most: int) -> list[int]:
    """The rows of a part, in order; they may have gaps."""
    names = (re.match(rf"{part}\.([0-9]{{1,4}})\.", name) for name in form)
    return sorted({int(name[1]) for name in names if name})[: most + 1]


def _line(form: Form, name: str) -> str:
    return one_line(form.get(name, ("",))[0])

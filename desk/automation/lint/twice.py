"""One rule that sets a field twice, or puts and removes one tag: only the last one is left."""

from collections.abc import Iterator

from core.i18n import _
from desk.automation.fields import field_named
from desk.automation.lint.finding import TWICE, Finding
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.writes import Writes, writes_of


def twice(rule: Ruled) -> Iterator[Finding]:
    """At the later of the two actions."""
    before: list[Writes] = []
    for at, stored in enumerate(rule.definition["then"]):
        writes = writes_of({"then": [stored]})
        for said in dict.fromkeys(line for each in before for line in _said(each, writes)):
            yield Finding(TWICE, f"then.{at}", said)
        before.append(writes)


def _said(first: Writes, later: Writes) -> Iterator[str]:
    for name in first.sets.keys() & later.sets.keys():
        field = field_named(name)
        yield _(
            "It sets “%(field)s” twice; what is left is what this action sets.",
            field=field.name if field else name,
        )
    for tag in sorted(first.put & later.gone | first.gone & later.put):
        yield _("It adds and removes the tag “%(tag)s”; this action comes last.", tag=tag)

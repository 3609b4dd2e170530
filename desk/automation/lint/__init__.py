"""What is doubtful in sound rules: they run, but perhaps not as they were meant.

`findings(sources)` of all rules in their order, `findings_of_draft(definition, others)` of one in
the editor, `warnings(definition)` of one by itself, `implies(one, other)` of two conditions.
What needs a ticket to be shown is told only after the rules themselves were asked about it.
"""

from desk.automation.lint.finding import KINDS, Finding, Row, Seen
from desk.automation.lint.implying import implies
from desk.automation.lint.report import findings, findings_of_draft, warnings
from desk.automation.lint.ruled import DRAFT, Source

__all__ = [
    "DRAFT",
    "Finding",
    "KINDS",
    "Row",
    "Seen",
    "Source",
    "findings",
    "findings_of_draft",
    "implies",
    "warnings",
]

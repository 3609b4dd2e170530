"""Rules: what is watched, what must hold, what is done.

For others: `conditions_hold(group, case)`, `run_actions(actions, case, cause)`,
`problems_of_actions(actions)`, `problems_of_conditions(group)`, `sentence_of(definition)`.
"""

from desk.automation.checks import problems_of_actions, problems_of_conditions
from desk.automation.decision import Decision
from desk.automation.evaluator import evaluate
from desk.automation.facts import Facts
from desk.automation.live import conditions_hold, conditions_hold_for, run_actions
from desk.automation.moment import Occurrence, occurrence_of
from desk.automation.sentences import sentence_of, sentence_of_actions, sentence_of_conditions

__all__ = [
    "Decision",
    "Facts",
    "Occurrence",
    "conditions_hold",
    "conditions_hold_for",
    "evaluate",
    "occurrence_of",
    "problems_of_actions",
    "problems_of_conditions",
    "run_actions",
    "sentence_of",
    "sentence_of_actions",
    "sentence_of_conditions",
]

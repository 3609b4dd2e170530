"""The actions that rules know, one file each."""

from desk.automation.action import Action
from desk.automation.registry import found_in

ACTIONS: dict[str, Action] = found_in(__name__, __path__, Action)

"""How late a step of a counter comes, and why; empty when it comes in time."""

from core.i18n import N_
from desk.automation.placeholder import Placeholder, Scene
from desk.events import CounterFired


class Late(Placeholder):
    key = "counter.late"
    label = N_("How late the counter fires, and why")
    position = 110

    def value(self, scene: Scene) -> str:
        fired = (each for each in scene.occurrence.events if isinstance(each, CounterFired))
        return next((each.lateness for each in fired), "")

"""By when an answer is promised."""

from core.i18n import N_, _
from desk import promises
from desk.automation.placeholder import Placeholder, Scene


class Promise(Placeholder):
    key = "promise"
    label = N_("When we promised to answer")
    position = 80

    def value(self, scene: Scene) -> str:
        """Fits behind "by"; soon, when nothing is promised."""
        at = promises.answer_to(scene.case)
        return promises.in_words(at) if at else _("soon")

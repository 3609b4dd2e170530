"""The status, by its name."""

from core.i18n import N_
from desk.automation.placeholder import Placeholder, Scene
from desk.catalog import catalog


class StatusName(Placeholder):
    key = "status"
    label = N_("Status")
    position = 70

    def value(self, scene: Scene) -> str:
        return catalog().name_of("status", scene.case.status_id)

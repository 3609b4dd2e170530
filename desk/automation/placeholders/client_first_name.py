"""How to begin a letter."""

from core.i18n import N_
from desk.automation.placeholder import Placeholder, Scene


class ClientFirstName(Placeholder):
    key = "client.first_name"
    label = N_("First name of the client")
    position = 50

    def value(self, scene: Scene) -> str:
        return scene.case.requester.first_name

"""The whole name of who asks."""

from core.i18n import N_
from desk.automation.placeholder import Placeholder, Scene


class ClientName(Placeholder):
    key = "client.name"
    label = N_("Name of the client")
    position = 40

    def value(self, scene: Scene) -> str:
        return scene.case.requester.name

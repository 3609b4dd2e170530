"""Who works on it; experts hidden from clients go by the company's name."""

from core.i18n import N_
from desk import public_face
from desk.automation.placeholder import Placeholder, Reader, Scene
from desk.catalog import catalog


class AgentName(Placeholder):
    key = "agent.name"
    label = N_("Name of the assignee")
    position = 60

    def value(self, scene: Scene) -> str:
        person = catalog().staff.get(scene.case.assignee_id or 0)
        knows_all = scene.reader in (Reader.COLLEAGUE, Reader.PROGRAM)
        if person is None:
            return public_face.company()
        hidden = not knows_all and public_face.is_hidden(person, on=scene.case)
        return public_face.company() if hidden else person.name

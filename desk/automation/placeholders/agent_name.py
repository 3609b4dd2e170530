"""Who works on it; experts hidden from clients go by the company's name."""

from core.i18n import N_, locale
from desk import settings
from desk.automation.placeholder import Placeholder, Reader, Scene
from desk.catalog import catalog


class AgentName(Placeholder):
    key = "agent.name"
    label = N_("Name of the assignee")
    position = 60

    def value(self, scene: Scene) -> str:
        person = catalog().staff.get(scene.case.assignee_id or 0)
        line = catalog().lines.get(scene.case.line)
        knows_all = scene.reader in (Reader.COLLEAGUE, Reader.PROGRAM)
        hidden = not knows_all and line is not None and line.hidden_from_clients
        if person is None or hidden:
            return str(settings.get(f"company_name_{locale()}"))
        return person.name

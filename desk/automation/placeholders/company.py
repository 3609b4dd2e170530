"""Our own name."""

from core.i18n import N_, locale
from desk import settings
from desk.automation.placeholder import Placeholder, Scene


class Company(Placeholder):
    key = "company"
    label = N_("Name of our company")
    position = 90

    def value(self, scene: Scene) -> str:
        return str(settings.get(f"company_name_{locale()}"))

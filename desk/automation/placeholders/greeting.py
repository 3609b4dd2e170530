"""How a letter to a client begins, by name where there is one."""

from core.i18n import N_, _
from desk.automation.placeholder import Placeholder, Scene
from models import Participant


class Greeting(Placeholder):
    key = "greeting"
    label = N_("Greeting of the client, by name if there is one")
    position = 45

    def value(self, scene: Scene) -> str:
        name = called(scene.case.requester)
        return _("Hello %(name)s,", name=name) if name else _("Hello,")


def called(person: Participant) -> str:
    """The first name; empty where all that is known is an address or a number."""
    local_part = (person.email or "").partition("@")[0]
    name = person.first_name
    is_name = name[:1].isalpha() and not any(c.isdigit() or c in "@_/\\<>" for c in name)
    return name if is_name and person.name != local_part else ""

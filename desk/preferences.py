"""What colleagues choose for themselves: presence, language, look, keys."""

from core.i18n import LOCALES, N_, _
from desk import catalog
from desk.errors import Invalid
from desk.routing.wanted import hand_out_later
from models import Presence, Staff

PRESENCES = {
    Presence.AVAILABLE: N_("Available"),
    Presence.ASSIGNED_ONLY: N_("Own tickets only"),
    Presence.AWAY: N_("Away"),
    Presence.OFF: N_("Off"),
}
THEMES = {"auto": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}


def be_present(who: Staff, presence: str) -> None:
    """Say whether one can be given work. Invalid for an unknown word."""
    if presence not in PRESENCES:
        raise Invalid(_("There is no such presence."), "presence")
    who.presence, who.wanted_presence = presence, None
    catalog.changed()
    hand_out_later(catalog.catalog().groups_of(who.id))


def choose(who: Staff, *, locale: str, theme: str, shortcuts: bool) -> None:
    """Invalid for an unknown language or theme."""
    if locale not in LOCALES:
        raise Invalid(_("There is no such language."), "locale")
    who.locale, who.theme, who.shortcuts = locale, known_theme(theme), shortcuts
    catalog.changed()


def choose_theme(who: Staff, theme: str) -> None:
    who.theme = known_theme(theme)
    catalog.changed()


def known_theme(theme: str) -> str:
    """Invalid for an unknown one."""
    if theme not in THEMES:
        raise Invalid(_("There is no such theme."), "theme")
    return theme

"""What is said of a colleague where they are edited, and the words that are offered there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from babel import Locale

from core.i18n import N_, locale
from desk.catalog import catalog
from desk.routing.staffing import staffing
from models import Role

ROLE_NAMES = {
    Role.AGENT: N_("Agent"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.ADMIN: N_("Administrator"),
}
LANGUAGES = (
    *("ru", "en", "de", "fr", "es", "it", "pt", "pl", "tr", "zh", "ar", "fa", "hi", "ja", "ko"),
    *("uk", "be", "kk", "ky", "uz", "tg", "hy", "az", "ka", "tt", "ro", "sr", "bg", "vi"),
)


@dataclass(frozen=True)
class PersonSaid:
    """Ids, but for `languages` (codes) and `levels` ({skill: level}). Empty `directions`, `serves`
    = all; limits None = those of the groups, else of the company."""

    name: str = ""
    title: str = ""
    role: str = Role.AGENT
    line: int = 1
    groups: Sequence[int] = ()
    directions: Sequence[int] = ()
    levels: Mapping[int, int] = field(default_factory=dict)
    languages: Sequence[str] = ()
    schedule_id: int | None = None
    ticket_limit: int | None = None
    dialog_limit: int | None = None
    weight: int = 1
    serves: Sequence[int] = ()


def language_name(code: str) -> str:
    """In the reader's language; the code itself where nobody knows it."""
    return str(Locale(locale()).languages.get(code, code))


def in_names(said: PersonSaid) -> dict[str, Any]:
    """To be recorded: names instead of ids, as they are in Russian."""
    known, staffed = catalog(), staffing()
    return asdict(said) | {
        "groups": _names(known.groups, said.groups),
        "directions": _names(known.directions, said.directions),
        "serves": _names(known.categories, said.serves),
        "languages": sorted(said.languages),
        "levels": {_name(staffed.skills, each): said.levels[each] for each in sorted(said.levels)},
        "schedule_id": _name(staffed.schedules, said.schedule_id) if said.schedule_id else None,
    }


def _names(rows: Mapping[int, Any], numbers: Iterable[int]) -> list[str]:
    return sorted(_name(rows, each) for each in numbers)


def _name(rows: Mapping[int, Any], number: int) -> str:
    return str(rows[number].name_ru) if number in rows else f"#{number}"

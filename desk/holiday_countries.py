"""Countries whose public holidays a calendar can keep, named in the reader's language."""

from core.i18n import _, country_name
from desk.holidays_of import holidays_of

COUNTRIES = (
    *("RU", "BY", "KZ", "AM", "KG", "UZ", "AZ", "GE", "RS", "TR", "CN", "AE", "IL"),
    *("DE", "AT", "CH", "FR", "IT", "ES", "PT", "NL", "BE", "PL", "CZ", "FI", "EE", "LV", "LT"),
    *("GB", "IE", "US", "CA", "AU", "NZ", "IN", "BR"),
)


def choices(chosen: str | None = None) -> list[tuple[str, str]]:
    """(code, name): none, then Russia, then by name; what was chosen stays offered."""
    codes = dict.fromkeys((*COUNTRIES[1:], chosen or COUNTRIES[0]))
    others = sorted((code for code in codes if code != "RU"), key=country_name)
    return [("", _("No holidays")), *((code, country_name(code)) for code in ("RU", *others))]


def is_known(code: str) -> bool:
    try:
        holidays_of(code, 2000)
    except ValueError:
        return False
    return True

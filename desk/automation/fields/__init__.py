"""The fields that conditions know, one file each; custom fields come from the catalogue."""

from desk.automation.field import Field
from desk.automation.fields.custom import custom_field
from desk.automation.registry import found_in
from desk.catalog import catalog

FIELDS: dict[str, Field] = found_in(__name__, __path__, Field)

PREFIX = "field."


def field_named(key: str) -> Field | None:
    """None for a name that nobody declares (any more)."""
    if key.startswith(PREFIX):
        found = [row for row in catalog().fields.values() if PREFIX + row.key == key]
        return custom_field(found[0]) if found else None
    return FIELDS.get(key)


def all_fields() -> list[Field]:
    """For choosing: the declared ones in their order, then the company's own."""
    own = [custom_field(row) for row in catalog().fields.values() if row.is_active]
    return [*FIELDS.values(), *own]

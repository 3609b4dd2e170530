"""The address of another program."""

from typing import Any

from core import outside, security
from core.i18n import _
from desk.automation.shape import Shape
from desk.automation.types import Json, ValueType


class WebAddress(Shape):
    """https://..., or http:// of a host that the settings list. Nothing is put into it."""

    key = "web_address"

    def problem(self, value: Any, kind: ValueType) -> str:
        try:
            outside.address_of(value if isinstance(value, str) else "", security.listed_hosts())
        except outside.BadAddress as error:
            return _(str(error))
        return ""

    def schema(self, kind: ValueType, one: Json) -> Json:
        return {"type": "string", "format": "uri", "maxLength": outside.LONGEST}

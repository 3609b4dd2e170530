"""What the files call things, and the rows that were made of them."""

from collections import defaultdict
from typing import Any


class Keys:
    """Rows by table and key: keys.staff["masha"], keys.id("groups", "repair")."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = defaultdict(dict)

    def put(self, table: str, key: str, row: Any) -> None:
        self._rows[table][key] = row

    def id(self, table: str, key: str) -> int:
        """KeyError for a key that the files do not have."""
        found: int = self._rows[table][key].id
        return found

    def person(self, key: str) -> Any:
        """Staff, client or outsider."""
        for table in ("staff", "clients", "outsiders"):
            if key in self._rows[table]:
                return self._rows[table][key]
        raise KeyError(key)

    def __getattr__(self, table: str) -> dict[str, Any]:
        return self._rows[table]

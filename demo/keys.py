"""What the files call things, and the rows that were made of them."""

from collections import defaultdict
from typing import Any


class Keys:
    """Rows by table and key: keys.staff["masha"], keys.id("groups", "repair")."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = defaultdict(dict)
        self._ids: dict[tuple[str, str], int] = {}

    def put(self, table: str, key: str, row: Any) -> None:
        self._rows[table][key] = row

    def id(self, table: str, key: str) -> int:
        """Asked of the row once: a commit makes it forget. KeyError for a key we do not have."""
        found = self._ids.get((table, key))
        if found is None:
            found = self._ids[table, key] = self._rows[table][key].id
        return found

    def person(self, key: str) -> int:
        """The id of a colleague, client or outsider."""
        for table in ("staff", "clients", "outsiders"):
            if key in self._rows[table]:
                return self.id(table, key)
        raise KeyError(key)

    def __getattr__(self, table: str) -> dict[str, Any]:
        return self._rows[table]

"""What a process keeps in memory, and how it learns that it has changed elsewhere.

The table `revision` holds a number a name. It is read once a unit of work; what was built for the
number in force is reused by every later unit of the process.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from core.bus import unit
from core.db import db, table
from models import Revision

T = TypeVar("T")

_NUMBERS = select(table(Revision))
_kept: WeakKeyDictionary[Engine, dict[str, tuple[int, Any]]] = WeakKeyDictionary()
_following = threading.Lock()


def number(name: str) -> int:
    """The revision in force; 0 when nothing was ever changed."""
    known: dict[str, int] | None = unit().notes.get("revisions")
    if known is None:
        rows = db.session.connection().execute(_NUMBERS)  # `bump` has flushed what counts
        known = unit().notes["revisions"] = {row.name: row.number for row in rows}
    return known.get(name, 0)


def hold(name: str) -> Revision:
    """Its row, locked until the end of the unit: nobody else changes what it stands for."""
    row = db.session.get(Revision, name, with_for_update=True)
    if row is None:
        row = Revision(name=name, number=0)
        db.session.add(row)
    unit().notes.pop("revisions", None)
    unit().notes.pop(f"kept.{name}", None)
    return row


def bump(name: str) -> None:
    """Say that what is kept under this name has changed; the others see it after the commit."""
    hold(name).number += 1
    db.session.flush()
    unit().notes.setdefault("bumped", set()).add(name)


def kept(name: str, build: Callable[[], T]) -> T:
    """What `build()` gives at the revision in force, built once a process and revision.

    A unit that itself changed it builds its own, which nobody else gets: it may be rolled back.
    """
    notes = unit().notes
    if f"kept.{name}" in notes:
        return notes[f"kept.{name}"]  # type: ignore[no-any-return]
    value = build() if name in notes.get("bumped", ()) else _shared(name, build)
    notes[f"kept.{name}"] = value
    return value


def followed(name: str, part: str, load: Callable[[], T], follow: Callable[[T, int], bool]) -> T:
    """What `load()` gave, too large to be built at each change: `follow(value, since)` brings it up
    to the revision in force, by one thread at a time while others use it; False asks to load anew.

    A unit that itself changed it loads its own, as in `kept`. `part` tells several such apart.
    """
    notes, key = unit().notes, f"kept.{name}"
    of_unit: dict[str, Any] = notes.setdefault(key, {})
    if part not in of_unit:
        is_own = name in notes.get("bumped", ())
        of_unit[part] = load() if is_own else _followed(name, part, load, follow)
    value: T = of_unit[part]
    return value


def forget() -> None:
    """Drop what was kept: the database was put back under the process, as tests do."""
    _kept.pop(db.engine, None)


def _shared(name: str, build: Callable[[], T]) -> T:
    shelf = _kept.setdefault(db.engine, {})
    found = shelf.get(name)
    if found is None or found[0] != number(name):
        shelf[name] = found = (number(name), build())
    value: T = found[1]
    return value


def _followed(name: str, part: str, load: Callable[[], T], follow: Callable[[T, int], bool]) -> T:
    shelf, key, now = _kept.setdefault(db.engine, {}), f"{name}.{part}", number(name)
    if key not in shelf or shelf[key][0] < now:
        with _following:
            since, value = shelf.get(key, (-1, None))
            if since < now:
                if value is None or not follow(value, since):
                    value = load()
                shelf[key] = now, value
    found: T = shelf[key][1]
    return found

"""A first start that was cut off leaves nothing half-filled behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import inspect

from core.config import Config
from core.db import db

MARK = "first-start"


@contextmanager
def first_start(config: Config) -> Iterator[None]:
    """Fill a new database inside this block, and inside an application context.

    Whoever died in it (a closed terminal, a power cut) left the mark. Nobody has worked with that
    database yet, so it is made anew. One outside the data folder is not ours to delete.
    """
    mark = config.data / MARK
    if mark.exists():
        _remove_database(config)
    if not inspect(db.engine).has_table("alembic_version"):
        mark.touch()
    yield
    mark.unlink(missing_ok=True)


def _remove_database(config: Config) -> None:
    db.engine.dispose()
    path = Path(db.engine.url.database or "")
    if config.is_sqlite and path.parent == config.data:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)

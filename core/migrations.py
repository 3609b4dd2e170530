"""Which migrations the program knows and which the database has had."""

from pathlib import Path

from sqlalchemy import inspect, text

from core.db import db

FOLDER = Path(__file__).parent.parent / "migrations"


def known() -> list[str]:
    """Numbers of all migrations, in order; the file names begin with them."""
    return sorted(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def current() -> str | None:
    """The last one that the database has had; None for a database without tables."""
    connection = db.session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return None
    number: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return number


def pending() -> list[str]:
    """Those that the database still needs."""
    at = current()
    return [number for number in known() if at is None or number > at]

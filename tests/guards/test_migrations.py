"""Migrations are numbered without gaps and lead to just what the models say, there and back."""

from datetime import UTC, datetime
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import insert, inspect, select

from app import create_app
from commands.migrate import downgrade, upgrade
from core import migrations
from core.config import Config
from core.db import Base, db
from models import Participant
from tests.guards.test_layers import imports

FULL_TEXT = ("case_fts",)


def test_numbers_have_no_gap() -> None:
    assert migrations.known() == [f"{n:04d}" for n in range(1, len(migrations.known()) + 1)]
    assert all(path.suffix == ".py" for path in Path(migrations.FOLDER / "versions").glob("0*"))


def test_migrations_use_nothing_that_may_change_later() -> None:
    for path in Path(migrations.FOLDER / "versions").glob("0*.py"):
        roots = {module.split(".")[0] for module, _inside in imports(path)}
        assert roots <= {"sqlalchemy", "alembic"}, path.name


def test_models_and_migrations_agree(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            one for one in compare_metadata(context, Base.metadata) if not _is_full_text(one)
        ]
    assert not differences


def _is_full_text(difference: object) -> bool:
    return any(name in str(difference) for name in FULL_TEXT)


def test_up_down_and_up_again(empty_database: Config) -> None:
    app = create_app(empty_database)
    with app.app_context():
        upgrade()
        assert not migrations.pending()
        db.session.remove()
        downgrade("base")
        left = set(inspect(db.engine).get_table_names())
        assert not left - {"alembic_version", "sqlite_sequence"}
        upgrade()
        assert not migrations.pending()
        db.session.remove()
        db.engine.dispose()


def test_who_never_chose_a_zone_has_none(empty_database: Config) -> None:
    app = create_app(empty_database)
    at = datetime(2026, 3, 2, tzinfo=UTC)
    people = [
        {"kind": "staff", "name": name, "locale": "ru", "zone": name, "created_at": at}
        for name in ("", "Asia/Omsk")
    ]
    zones = select(Participant.own_zone).where(Participant.name.in_(["", "Asia/Omsk"]))
    with app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            connection.execute(insert(Participant.__table__), people)
        for target, expected in (("0008", "Europe/Moscow"), ("head", "")):
            (downgrade if target == "0008" else upgrade)(target)
            with db.engine.connect() as connection:
                found = connection.scalars(zones.order_by(Participant.name)).all()
            assert found == [expected, "Asia/Omsk"]
        db.engine.dispose()

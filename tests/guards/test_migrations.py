"""Migrations are numbered without gaps and lead to just what the models say, there and back."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from app import create_app
from commands.migrate import downgrade, upgrade
from core import migrations
from core.config import Config
from core.db import Base, db
from tests.guards.test_layers import imports

FULL_TEXT = ("article_fts", "case_fts")


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

"""How Alembic reaches the database: by the connection that the command hands over."""

from alembic import context

import models  # noqa: F401 - fills the metadata
from core.db import Base


def run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()

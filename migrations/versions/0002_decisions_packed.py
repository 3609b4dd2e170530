"""Decisions take one packed column; a run may be the second try of another."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What was kept before stays readable: as JSON, which the reader knows by its first byte.
OLD = "'{\"missed\":' || CAST(missed AS TEXT) || ',\"seen\":' || CAST(seen AS TEXT) || '}'"
AS_BYTES = {"sqlite": f"CAST({OLD} AS BLOB)", "postgresql": f"convert_to({OLD}, 'UTF8')"}


def upgrade() -> None:
    op.add_column("decision", sa.Column("packed", sa.LargeBinary(), nullable=True))
    old_row = AS_BYTES[op.get_bind().dialect.name]
    op.execute(f"UPDATE decision SET packed = {old_row}")  # noqa: S608 - our own text
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("packed", nullable=False)
        batch_op.drop_column("missed")
        batch_op.drop_column("seen")
    with op.batch_alter_table("rule_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retry_of_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_rule_run_retry_of_id_rule_run"), "rule_run", ["retry_of_id"], ["id"]
        )
        batch_op.create_index(
            "ix_rule_run_retry",
            ["retry_of_id"],
            unique=True,
            sqlite_where=sa.text("retry_of_id IS NOT NULL"),
            postgresql_where=sa.text("retry_of_id IS NOT NULL"),
        )


def downgrade() -> None:
    """The reasons of rules that did not run are lost; their runs stay."""
    with op.batch_alter_table("rule_run", schema=None) as batch_op:
        batch_op.drop_index("ix_rule_run_retry")
        batch_op.drop_constraint(batch_op.f("fk_rule_run_retry_of_id_rule_run"), type_="foreignkey")
        batch_op.drop_column("retry_of_id")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("missed", JSON, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("seen", JSON, nullable=False, server_default="{}"))
        batch_op.drop_column("packed")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("missed", server_default=None)
        batch_op.alter_column("seen", server_default=None)

"""Counters of every kind: targets, options, what is to be computed anew, how each run ended."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LIMIT_OF_VERSION = (
    "UPDATE counter SET limit_minutes = (SELECT v.limit_minutes FROM counter_policy_version v "
    "WHERE v.id = counter.policy_version_id)"
)
VERSION_OF_COUNTER = (
    "UPDATE counter_firing SET policy_version_id = (SELECT c.policy_version_id FROM counter c "
    "WHERE c.id = counter_firing.counter_id)"
)
FOREIGN = {
    "counter_id": "counter",
    "policy_id": "counter_policy",
    "case_id": "cases",
    "assignee_id": "staff",
    "group_id": "staff_group",
}


def upgrade() -> None:
    with op.batch_alter_table("counter_policy_version") as version:
        version.add_column(sa.Column("targets", JSON, nullable=False, server_default="[]"))
        version.add_column(sa.Column("options", JSON, nullable=False, server_default="{}"))
    with op.batch_alter_table("counter_policy_version") as version:
        version.alter_column("targets", server_default=None)
        version.alter_column("options", server_default=None)
    with op.batch_alter_table("counter") as counter:
        counter.add_column(sa.Column("limit_minutes", sa.Integer()))
        counter.add_column(
            sa.Column("stale", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(LIMIT_OF_VERSION)
    with op.batch_alter_table("counter") as counter:
        counter.alter_column("limit_minutes", existing_type=sa.Integer(), nullable=False)
        counter.alter_column("stale", existing_type=sa.Boolean(), server_default=None)
        counter.create_index(
            "ix_counter_stale",
            ["id"],
            sqlite_where=sa.text("stale = 1"),
            postgresql_where=sa.text("stale"),
        )
    _name_the_version_of_firings()
    _keep_how_runs_ended()


def _name_the_version_of_firings() -> None:
    with op.batch_alter_table("counter_firing") as firing:
        firing.add_column(sa.Column("policy_version_id", sa.Integer()))
    op.execute(VERSION_OF_COUNTER)
    with op.batch_alter_table("counter_firing") as firing:
        firing.alter_column("policy_version_id", existing_type=sa.Integer(), nullable=False)
        firing.create_foreign_key(
            op.f("fk_counter_firing_policy_version_id_counter_policy_version"),
            "counter_policy_version",
            ["policy_version_id"],
            ["id"],
        )
        firing.drop_constraint("uq_counter_firing_counter_id_episode_step", type_="unique")
        firing.create_unique_constraint(
            op.f("uq_counter_firing_counter_id_episode_policy_version_id_step"),
            ["counter_id", "episode", "policy_version_id", "step"],
        )


def _keep_how_runs_ended() -> None:
    op.create_table(
        "counter_episode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("limit_minutes", sa.Integer(), nullable=False),
        sa.Column("worked_seconds", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("cause", sa.String(length=24), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_counter_episode_{column}_{table}")
            )
            for column, table in FOREIGN.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_episode")),
        sa.UniqueConstraint(
            "counter_id", "episode", name=op.f("uq_counter_episode_counter_id_episode")
        ),
    )
    with op.batch_alter_table("counter_episode") as episode:
        episode.create_index("ix_counter_episode_policy", ["policy_id", "ended_at"])
        episode.create_index("ix_counter_episode_ended", ["ended_at"])


def downgrade() -> None:
    op.drop_table("counter_episode")
    with op.batch_alter_table("counter_firing") as firing:
        firing.drop_constraint(
            "uq_counter_firing_counter_id_episode_policy_version_id_step", type_="unique"
        )
        firing.drop_constraint(
            "fk_counter_firing_policy_version_id_counter_policy_version", type_="foreignkey"
        )
        firing.drop_column("policy_version_id")
        firing.create_unique_constraint(
            op.f("uq_counter_firing_counter_id_episode_step"), ["counter_id", "episode", "step"]
        )
    with op.batch_alter_table("counter") as counter:
        counter.drop_index("ix_counter_stale")
        counter.drop_column("stale")
        counter.drop_column("limit_minutes")
    with op.batch_alter_table("counter_policy_version") as version:
        version.drop_column("options")
        version.drop_column("targets")

"""What colleagues are told, and what each of them chose; how far they were told of a limit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UNREAD = sa.text("read_at IS NULL")
FOR_DESKTOP = sa.text("desktop_at IS NOT NULL AND read_at IS NULL")
UNTOLD = sa.text("told < 2 AND state = 'running'")
# What was late before is no news: nobody shall find a hundred of these after an update.
NOW = {"postgresql": "timezone('utc', now())", "sqlite": "CURRENT_TIMESTAMP"}


def upgrade() -> None:
    _tables()
    with op.batch_alter_table("notice") as notice:
        notice.create_index("ix_notice_newest", ["staff_id", "id"])
        notice.create_index("ix_notice_at", ["at"])
        notice.create_index(
            "ix_notice_unread",
            ["staff_id", "case_id"],
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        )
        notice.create_index(
            "ix_notice_desktop",
            ["staff_id", "desktop_at"],
            sqlite_where=FOR_DESKTOP,
            postgresql_where=FOR_DESKTOP,
        )
    with op.batch_alter_table("waiting_notice") as waiting:
        waiting.create_index("ix_waiting_notice_due", ["due_at", "staff_id"])
    with op.batch_alter_table("counter") as counter:
        counter.add_column(sa.Column("told", sa.Integer(), nullable=False, server_default="0"))
    now = NOW[op.get_bind().dialect.name]
    op.execute(f"UPDATE counter SET told = 2 WHERE limit_at <= {now}")  # noqa: S608 - our own text
    with op.batch_alter_table("counter") as counter:
        counter.alter_column("told", existing_type=sa.Integer(), server_default=None)
        counter.create_index(
            "ix_counter_untold",
            ["told", "limit_at"],
            sqlite_where=UNTOLD,
            postgresql_where=UNTOLD,
        )


def _tables() -> None:
    op.create_table(
        "notice",
        *_of_one_thing("notice"),
        sa.Column("desktop_at", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "waiting_notice",
        *_of_one_thing("waiting_notice"),
        sa.Column("due_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "notice_choice",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("channels", JSON, nullable=False),
        sa.Column("quiet", JSON, nullable=False),
        sa.Column("digest", sa.String(length=8), nullable=False),
        sa.Column("digest_at", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_notice_choice_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_notice_choice")),
    )


def _of_one_thing(table: str) -> list[sa.schema.SchemaItem]:
    foreign = {"staff_id": "staff", "case_id": "cases", "event_id": "event"}
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("data", JSON, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
            )
            for column, other in foreign.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("staff_id", "key", name=op.f(f"uq_{table}_staff_id_key")),
    ]


def downgrade() -> None:
    with op.batch_alter_table("counter") as counter:
        counter.drop_index("ix_counter_untold")
        counter.drop_column("told")
    op.drop_table("notice_choice")
    op.drop_table("waiting_notice")
    op.drop_table("notice")

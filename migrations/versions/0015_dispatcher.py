"""Skills, schedules, absences, the queue and its decisions, passing between lines, watching."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NEW = (
    "outside_question",
    "watch",
    "waiting",
    "routing",
    "passing",
    "staff_skill",
    "staff_category",
    "shift",
    "duty",
    "absence",
    "type_need",
    "schedule",
    "skill",
)
OF_STAFF = ("schedule_id", "weight", "languages", "wanted_presence")
OF_GROUP = (
    "at_absence",
    "at_shift_end",
    "asks_language",
    "is_sticky",
    "answer_seconds",
    "overflow_to_id",
    "overflow_minutes",
    "dialog_limit",
    "ticket_limit",
    "mode",
)


def upgrade() -> None:
    _tables()
    _columns_of_staff()
    _columns_of_groups()
    op.execute(
        "INSERT INTO participant (kind, name, locale, zone, session_key, created_at) "
        "SELECT 'dispatcher', name, locale, zone, session_key, created_at "
        "FROM participant WHERE kind = 'rule'"
    )


def downgrade() -> None:
    with op.batch_alter_table("staff_group") as group:
        group.drop_constraint("fk_staff_group_overflow_to_id_staff_group", type_="foreignkey")
        for name in OF_GROUP:
            group.drop_column(name)
    op.execute("UPDATE staff SET ticket_limit = 5 WHERE ticket_limit IS NULL")
    op.execute("UPDATE staff SET dialog_limit = 3 WHERE dialog_limit IS NULL")
    with op.batch_alter_table("staff") as staff:
        staff.drop_constraint("fk_staff_schedule_id_schedule", type_="foreignkey")
        staff.alter_column("ticket_limit", existing_type=sa.Integer(), nullable=False)
        staff.alter_column("dialog_limit", existing_type=sa.Integer(), nullable=False)
        for name in OF_STAFF:
            staff.drop_column(name)
    for name in NEW:
        op.drop_table(name)


def _columns_of_staff() -> None:
    """Nobody could choose a limit before: who had the usual one has that of the company."""
    with op.batch_alter_table("staff") as staff:
        staff.add_column(sa.Column("wanted_presence", sa.String(16), nullable=True))
        staff.add_column(sa.Column("languages", JSON, nullable=False, server_default="[]"))
        staff.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="1"))
        staff.add_column(sa.Column("schedule_id", sa.Integer(), nullable=True))
        staff.alter_column("ticket_limit", existing_type=sa.Integer(), nullable=True)
        staff.alter_column("dialog_limit", existing_type=sa.Integer(), nullable=True)
        staff.create_foreign_key(
            "fk_staff_schedule_id_schedule", "schedule", ["schedule_id"], ["id"]
        )
    op.execute("UPDATE staff SET ticket_limit = NULL WHERE ticket_limit = 5")
    op.execute("UPDATE staff SET dialog_limit = NULL WHERE dialog_limit = 3")
    op.execute("UPDATE staff SET wanted_presence = 'available' WHERE presence = 'off'")


def _columns_of_groups() -> None:
    no = sa.false()
    with op.batch_alter_table("staff_group") as group:
        group.add_column(sa.Column("mode", sa.String(16), nullable=False, server_default=""))
        group.add_column(sa.Column("ticket_limit", sa.Integer(), nullable=True))
        group.add_column(sa.Column("dialog_limit", sa.Integer(), nullable=True))
        group.add_column(sa.Column("overflow_minutes", sa.Integer(), nullable=True))
        group.add_column(sa.Column("overflow_to_id", sa.Integer(), nullable=True))
        group.add_column(sa.Column("answer_seconds", sa.Integer(), nullable=True))
        group.add_column(sa.Column("is_sticky", sa.Boolean(), nullable=False, server_default=no))
        group.add_column(
            sa.Column("asks_language", sa.Boolean(), nullable=False, server_default=no)
        )
        group.add_column(
            sa.Column("at_shift_end", sa.String(8), nullable=False, server_default="keep")
        )
        group.add_column(
            sa.Column("at_absence", sa.String(8), nullable=False, server_default="hand_on")
        )
        group.create_foreign_key(
            "fk_staff_group_overflow_to_id_staff_group", "staff_group", ["overflow_to_id"], ["id"]
        )


def _tables() -> None:
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_ru", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_skill"),
        sa.UniqueConstraint("key", name="uq_skill_key"),
    )
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=True),
        sa.Column("cycle", JSON, nullable=False),
        sa.Column("anchor", sa.Date(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_ru", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendar.id"], name="fk_schedule_calendar_id_calendar"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_schedule"),
        sa.UniqueConstraint("key", name="uq_schedule_key"),
    )
    op.create_table(
        "type_need",
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name="fk_type_need_skill_id_skill"),
        sa.ForeignKeyConstraint(
            ["type_id"], ["ticket_type.id"], name="fk_type_need_type_id_ticket_type"
        ),
        sa.PrimaryKeyConstraint("type_id", "skill_id", name="pk_type_need"),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=250), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["participant.id"], name="fk_absence_created_by_id_participant"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_absence_staff_id_staff"),
        sa.ForeignKeyConstraint(["stand_in_id"], ["staff.id"], name="fk_absence_stand_in_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_table(
        "duty",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("active_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("last_given", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("freed_at", sa.DateTime(), nullable=True),
        sa.Column("was_on", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_duty_staff_id_staff"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_duty"),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_shift_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_shift"),
    )
    op.create_table(
        "staff_category",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["client_category.id"],
            name="fk_staff_category_category_id_client_category",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_category_staff_id_staff"
        ),
        sa.PrimaryKeyConstraint("staff_id", "category_id", name="pk_staff_category"),
    )
    op.create_table(
        "staff_skill",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name="fk_staff_skill_skill_id_skill"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_skill_staff_id_staff"),
        sa.PrimaryKeyConstraint("staff_id", "skill_id", name="pk_staff_skill"),
    )
    op.create_table(
        "passing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("from_line", sa.Integer(), nullable=False),
        sa.Column("to_line", sa.Integer(), nullable=False),
        sa.Column("from_group_id", sa.Integer(), nullable=True),
        sa.Column("to_group_id", sa.Integer(), nullable=True),
        sa.Column("from_assignee_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("needed", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["participant.id"], name="fk_passing_by_id_participant"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_passing_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["from_assignee_id"], ["staff.id"], name="fk_passing_from_assignee_id_staff"
        ),
        sa.ForeignKeyConstraint(
            ["from_group_id"], ["staff_group.id"], name="fk_passing_from_group_id_staff_group"
        ),
        sa.ForeignKeyConstraint(
            ["to_group_id"], ["staff_group.id"], name="fk_passing_to_group_id_staff_group"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passing"),
    )
    op.create_table(
        "routing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("chosen_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=True),
        sa.Column("given_back_at", sa.DateTime(), nullable=True),
        sa.Column("packed", JSON, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_routing_case_id_cases"),
        sa.ForeignKeyConstraint(["chosen_id"], ["staff.id"], name="fk_routing_chosen_id_staff"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["staff_group.id"], name="fk_routing_group_id_staff_group"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_routing"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "waiting",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("demand", sa.String(length=120), nullable=False),
        sa.Column("been", JSON, nullable=False),
        sa.Column("passed_over", JSON, nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_waiting_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["staff_group.id"], name="fk_waiting_group_id_staff_group"
        ),
        sa.PrimaryKeyConstraint("case_id", name="pk_waiting"),
    )
    op.create_table(
        "watch",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_watch_case_id_cases"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_watch_staff_id_staff"),
        sa.PrimaryKeyConstraint("case_id", "staff_id", name="pk_watch"),
    )
    op.create_table(
        "outside_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("outsider_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["message.id"], name="fk_outside_question_answer_id_message"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["participant.id"], name="fk_outside_question_asked_by_id_participant"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_outside_question_case_id_cases"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_outside_question_message_id_message"
        ),
        sa.ForeignKeyConstraint(
            ["outsider_id"], ["participant.id"], name="fk_outside_question_outsider_id_participant"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outside_question"),
    )

    op.create_index("ix_type_need_skill_id", "type_need", ["skill_id"])
    op.create_index("ix_absence_staff", "absence", ["staff_id", "ends_at"])
    op.create_index("ix_shift_staff", "shift", ["staff_id", "ends_at"])
    op.create_index("ix_staff_skill_skill_id", "staff_skill", ["skill_id"])
    op.create_index("ix_passing_at", "passing", ["at"])
    op.create_index("ix_passing_case", "passing", ["case_id", "id"])
    op.create_index("ix_routing_case", "routing", ["case_id", "id"])
    op.create_index("ix_routing_group", "routing", ["group_id", "at"])
    op.create_index("ix_waiting_group", "waiting", ["group_id", "demand"])
    op.create_index("ix_watch_staff_id", "watch", ["staff_id"])
    op.create_index("ix_outside_question_case", "outside_question", ["case_id"])

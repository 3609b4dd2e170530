"""Who looks after an article, when it is looked at again, when it is published by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("article") as article:
        article.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        article.add_column(sa.Column("review_at", sa.DateTime(), nullable=True))
        article.add_column(sa.Column("publish_at", sa.DateTime(), nullable=True))
        article.create_foreign_key("fk_article_owner_id_staff", "staff", ["owner_id"], ["id"])
        article.create_index("ix_article_publish_at", ["publish_at"])


def downgrade() -> None:
    with op.batch_alter_table("article") as article:
        article.drop_index("ix_article_publish_at")
        article.drop_constraint("fk_article_owner_id_staff", type_="foreignkey")
        for name in ("publish_at", "review_at", "owner_id"):
            article.drop_column(name)

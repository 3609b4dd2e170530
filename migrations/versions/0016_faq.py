"""Articles are looked up in memory: their entries, what changed since when, and their vectors."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


INDEX = ("article_index", "search_word")
TOKENS = "tokenize=\"unicode61 remove_diacritics 0 tokenchars ''''\""
FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE article_fts USING fts5(title, aliases, topic, body,"
        f" content='article_index', content_rowid='text_id', {TOKENS})",
    ),
    "postgresql": (
        "CREATE TABLE article_fts (text_id integer NOT NULL, words tsvector NOT NULL,"
        " CONSTRAINT pk_article_fts PRIMARY KEY (text_id))",
        "CREATE INDEX ix_article_fts_words ON article_fts USING gin (words)"
        " WITH (fastupdate = off)",
    ),
}


def upgrade() -> None:
    """What is derived from articles is made anew after the last migration."""
    op.execute("DROP TABLE article_fts")
    for name in INDEX:
        op.execute(f"DELETE FROM {name}")  # noqa: S608 - two names from above
    with op.batch_alter_table("article_index") as index:
        index.drop_index("ix_article_index_scope")
        index.add_column(sa.Column("entries", sa.LargeBinary(), nullable=False))
        index.add_column(sa.Column("digest", sa.String(32), nullable=False))
        index.add_column(sa.Column("number", sa.Integer(), nullable=False))
        index.create_index("ix_article_index_number", ["locale", "number"])
    with op.batch_alter_table("search_word") as word:
        word.add_column(sa.Column("number", sa.Integer(), nullable=False))
        word.create_index("ix_search_word_number", ["locale", "number"])
    op.create_table(
        "article_vector",
        sa.Column("text_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("centre", sa.LargeBinary(), nullable=False),
        sa.Column("wordings", sa.LargeBinary(), nullable=False),
        sa.Column("passages", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["article_text.id"],
            name="fk_article_vector_text_id_article_text",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("text_id", name="pk_article_vector"),
    )
    op.create_index("ix_article_vector_number", "article_vector", ["number"])


def downgrade() -> None:
    """The index is left empty: `bin/liniya reindex` of the version before fills it."""
    op.drop_table("article_vector")
    for name in INDEX:
        op.execute(f"DELETE FROM {name}")  # noqa: S608 - two names from above
    with op.batch_alter_table("search_word") as word:
        word.drop_index("ix_search_word_number")
        word.drop_column("number")
    with op.batch_alter_table("article_index") as index:
        index.drop_index("ix_article_index_number")
        for name in ("number", "digest", "entries"):
            index.drop_column(name)
        index.create_index("ix_article_index_scope", ["locale", "audience", "length"])
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)

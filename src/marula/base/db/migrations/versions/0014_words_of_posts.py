"""The words under which posts are found, and the libraries of those who had to do with them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "search_authors",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("indexable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("search_authors_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("search_authors_pkey")),
    )
    op.create_table(
        "search_library",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("search_library_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("search_library_post_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "post_id", name=op.f("search_library_pkey")),
    )
    op.create_index(op.f("search_library_post_id_idx"), "search_library", ["post_id"])
    op.create_table(
        "search_posts",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("search_posts_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("search_posts_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", name=op.f("search_posts_pkey")),
    )
    op.create_index(op.f("search_posts_account_id_idx"), "search_posts", ["account_id"])
    op.create_index("search_posts_words_idx", "search_posts", ["words"], postgresql_using="gin")
    op.execute("insert into search_authors (account_id, indexable) select id, true from accounts where indexable")
    op.execute(
        "insert into jobs (lane, name, arguments, run_at) "
        "select 'upkeep', 'discovery.index_everything', '[9223372036854775807]', now() where exists (select from posts)"
    )


def downgrade() -> None:
    op.execute("delete from jobs where name = 'discovery.index_everything'")
    op.drop_table("search_posts")
    op.drop_table("search_library")
    op.drop_table("search_authors")

"""What people do not want to see."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "filters",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("contexts", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("action", sa.Text(), server_default="warn", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("filters_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("filters_pkey")),
    )
    op.create_index(op.f("filters_account_id_idx"), "filters", ["account_id"], unique=False)
    op.create_table(
        "filter_keywords",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("filter_id", sa.BigInteger(), nullable=False),
        sa.Column("keyword", sa.Text(), nullable=False),
        sa.Column("whole_word", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(
            ["filter_id"], ["filters.id"], name=op.f("filter_keywords_filter_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("filter_keywords_pkey")),
    )
    op.create_index(op.f("filter_keywords_filter_id_idx"), "filter_keywords", ["filter_id"], unique=False)
    op.create_table(
        "filter_posts",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("filter_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["filter_id"], ["filters.id"], name=op.f("filter_posts_filter_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("filter_posts_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("filter_posts_pkey")),
        sa.UniqueConstraint("filter_id", "post_id", name=op.f("filter_posts_filter_id_post_id_key")),
    )
    op.create_index(op.f("filter_posts_post_id_idx"), "filter_posts", ["post_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("filter_posts_post_id_idx"), table_name="filter_posts")
    op.drop_table("filter_posts")
    op.drop_index(op.f("filter_keywords_filter_id_idx"), table_name="filter_keywords")
    op.drop_table("filter_keywords")
    op.drop_index(op.f("filters_account_id_idx"), table_name="filters")
    op.drop_table("filters")

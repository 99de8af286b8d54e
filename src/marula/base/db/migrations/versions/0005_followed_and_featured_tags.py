"""Hashtags that people follow, and those on their profiles."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "featured_tags",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("statuses_count", sa.Integer(), nullable=False),
        sa.Column("last_status_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("featured_tags_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("featured_tags_tag_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("featured_tags_pkey")),
        sa.UniqueConstraint("account_id", "tag_id", name=op.f("featured_tags_account_id_tag_id_key")),
    )
    op.create_index(op.f("featured_tags_tag_id_idx"), "featured_tags", ["tag_id"], unique=False)
    op.create_table(
        "tag_follows",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("tag_follows_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("tag_follows_tag_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("tag_follows_pkey")),
        sa.UniqueConstraint("tag_id", "account_id", name=op.f("tag_follows_tag_id_account_id_key")),
    )
    op.create_index("tag_follows_account_id_id_idx", "tag_follows", ["account_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("tag_follows_account_id_id_idx", table_name="tag_follows")
    op.drop_table("tag_follows")
    op.drop_index(op.f("featured_tags_tag_id_idx"), table_name="featured_tags")
    op.drop_table("featured_tags")

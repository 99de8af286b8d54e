"""Lists, their members and their feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "lists",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("replies_policy", sa.Text(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("replies_policy in ('followed', 'list', 'none')", name=op.f("lists_replies_policy_check")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("lists_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("lists_pkey")),
    )
    op.create_index("lists_account_id_id_idx", "lists", ["account_id", "id"], unique=False)
    op.create_table(
        "list_entries",
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("origin_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("list_entries_list_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("list_entries_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list_id", "post_id", name=op.f("list_entries_pkey")),
    )
    op.create_index("list_entries_list_id_origin_id_idx", "list_entries", ["list_id", "origin_id"], unique=False)
    op.create_index("list_entries_post_id_idx", "list_entries", ["post_id"], unique=False)
    op.create_table(
        "list_feeds",
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("list_feeds_list_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list_id", name=op.f("list_feeds_pkey")),
    )
    op.create_table(
        "list_members",
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("list_members_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("list_members_list_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list_id", "account_id", name=op.f("list_members_pkey")),
    )
    op.create_index("list_members_account_id_list_id_idx", "list_members", ["account_id", "list_id"], unique=False)


def downgrade() -> None:
    op.drop_index("list_members_account_id_list_id_idx", table_name="list_members")
    op.drop_table("list_members")
    op.drop_table("list_feeds")
    op.drop_index("list_entries_post_id_idx", table_name="list_entries")
    op.drop_index("list_entries_list_id_origin_id_idx", table_name="list_entries")
    op.drop_table("list_entries")
    op.drop_index("lists_account_id_id_idx", table_name="lists")
    op.drop_table("lists")

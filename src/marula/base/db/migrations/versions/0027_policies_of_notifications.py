"""What people do with notifications of strangers, and what is held back of them."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "notification_permissions",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("merged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("notification_permissions_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["accounts.id"], name=op.f("notification_permissions_from_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "from_id", name=op.f("notification_permissions_pkey")),
    )
    op.create_index(
        "notification_permissions_account_id_idx",
        "notification_permissions",
        ["account_id"],
        unique=False,
        postgresql_where=sa.text("not merged"),
    )
    op.create_index("notification_permissions_from_id_idx", "notification_permissions", ["from_id"], unique=False)
    op.create_table(
        "notification_policies",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("for_not_following", sa.SmallInteger(), nullable=False),
        sa.Column("for_not_followers", sa.SmallInteger(), nullable=False),
        sa.Column("for_new_accounts", sa.SmallInteger(), nullable=False),
        sa.Column("for_private_mentions", sa.SmallInteger(), nullable=False),
        sa.Column("for_limited_accounts", sa.SmallInteger(), nullable=False),
        sa.Column("for_bots", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("notification_policies_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("notification_policies_pkey")),
    )
    op.create_table(
        "notification_requests",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("last_post_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("notification_requests_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["accounts.id"], name=op.f("notification_requests_from_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["last_post_id"], ["posts.id"], name=op.f("notification_requests_last_post_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("notification_requests_pkey")),
        sa.UniqueConstraint("account_id", "from_id", name=op.f("notification_requests_account_id_from_id_key")),
    )
    op.create_index(
        "notification_requests_account_id_id_idx", "notification_requests", ["account_id", "id"], unique=False
    )
    op.create_index("notification_requests_from_id_idx", "notification_requests", ["from_id"], unique=False)
    op.create_index(
        "notification_requests_last_post_id_idx",
        "notification_requests",
        ["last_post_id"],
        unique=False,
        postgresql_where=sa.text("last_post_id is not null"),
    )
    op.create_index(
        "notifications_filtered_idx",
        "notifications",
        ["account_id", "from_id", "id"],
        unique=False,
        postgresql_where=sa.text("filtered"),
    )


def downgrade() -> None:
    op.drop_index("notifications_filtered_idx", table_name="notifications", postgresql_where=sa.text("filtered"))
    op.drop_index(
        "notification_requests_last_post_id_idx",
        table_name="notification_requests",
        postgresql_where=sa.text("last_post_id is not null"),
    )
    op.drop_index("notification_requests_from_id_idx", table_name="notification_requests")
    op.drop_index("notification_requests_account_id_id_idx", table_name="notification_requests")
    op.drop_table("notification_requests")
    op.drop_table("notification_policies")
    op.drop_index("notification_permissions_from_id_idx", table_name="notification_permissions")
    op.drop_index(
        "notification_permissions_account_id_idx",
        table_name="notification_permissions",
        postgresql_where=sa.text("not merged"),
    )
    op.drop_table("notification_permissions")

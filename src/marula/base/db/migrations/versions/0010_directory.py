"""The directory of people who want to be found."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ACTIVE_FIRST = [sa.text("active_at desc nulls last"), sa.text("account_id desc")]


def upgrade() -> None:
    op.create_table(
        "directory_entries",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("local", sa.Boolean(), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("directory_entries_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("directory_entries_pkey")),
    )
    op.create_index("directory_entries_active_idx", "directory_entries", ACTIVE_FIRST)
    op.create_index(
        "directory_entries_local_active_idx", "directory_entries", ACTIVE_FIRST, postgresql_where=sa.text("local")
    )
    op.create_index(
        "directory_entries_local_idx",
        "directory_entries",
        [sa.text("account_id desc")],
        postgresql_where=sa.text("local"),
    )


def downgrade() -> None:
    op.drop_table("directory_entries")

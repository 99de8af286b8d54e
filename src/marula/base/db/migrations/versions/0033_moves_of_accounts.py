"""Moves of accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "moves",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("followers_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("moves_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["accounts.id"], name=op.f("moves_target_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("moves_pkey")),
        sa.UniqueConstraint("account_id", "target_id", name=op.f("moves_account_id_target_id_key")),
    )
    op.create_index("moves_target_id_idx", "moves", ["target_id"], unique=False)


def downgrade() -> None:
    op.drop_index("moves_target_id_idx", table_name="moves")
    op.drop_table("moves")

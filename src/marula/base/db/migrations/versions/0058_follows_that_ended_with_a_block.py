"""Follows that ended with a block."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    op.create_table(
        "severed_follows",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("show_reblogs", sa.Boolean(), nullable=False),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("severed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("severed_follows_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["accounts.id"], name=op.f("severed_follows_target_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "target_id", name=op.f("severed_follows_pkey")),
    )
    op.create_index("severed_follows_domain_idx", "severed_follows", ["domain", "severed_at"], unique=False)
    op.create_index("severed_follows_severed_at_idx", "severed_follows", ["severed_at"], unique=False)
    op.create_index("severed_follows_target_id_idx", "severed_follows", ["target_id"], unique=False)


def downgrade() -> None:
    op.drop_index("severed_follows_target_id_idx", table_name="severed_follows")
    op.drop_index("severed_follows_severed_at_idx", table_name="severed_follows")
    op.drop_index("severed_follows_domain_idx", table_name="severed_follows")
    op.drop_table("severed_follows")

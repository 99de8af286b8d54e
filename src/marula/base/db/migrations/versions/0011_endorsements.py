"""Whom people show on their profiles."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "endorsements",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("endorsements_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["accounts.id"], name=op.f("endorsements_target_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "target_id", name=op.f("endorsements_pkey")),
    )
    op.create_index(op.f("endorsements_target_id_idx"), "endorsements", ["target_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("endorsements_target_id_idx"), table_name="endorsements")
    op.drop_table("endorsements")

"""Whom many follow and notice, and whom somebody does not want suggested."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "suggested",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("suggested_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", "account_id", name=op.f("suggested_pkey")),
    )
    op.create_index(op.f("suggested_account_id_idx"), "suggested", ["account_id"])
    op.create_table(
        "dismissed_suggestions",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("dismissed_suggestions_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["accounts.id"], name=op.f("dismissed_suggestions_target_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "target_id", name=op.f("dismissed_suggestions_pkey")),
    )
    op.create_index(op.f("dismissed_suggestions_target_id_idx"), "dismissed_suggestions", ["target_id"])


def downgrade() -> None:
    op.drop_table("dismissed_suggestions")
    op.drop_table("suggested")

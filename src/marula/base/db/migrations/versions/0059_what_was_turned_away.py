"""What was turned away."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    op.create_table(
        "refusals",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", "why", name=op.f("refusals_pkey")),
    )
    op.create_index("refusals_last_at_idx", "refusals", ["last_at"], unique=False)


def downgrade() -> None:
    op.drop_index("refusals_last_at_idx", table_name="refusals")
    op.drop_table("refusals")

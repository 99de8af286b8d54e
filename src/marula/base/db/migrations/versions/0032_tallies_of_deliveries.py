"""How many deliveries ended in which way."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "delivery_tallies",
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reason", name=op.f("delivery_tallies_pkey")),
    )


def downgrade() -> None:
    op.drop_table("delivery_tallies")

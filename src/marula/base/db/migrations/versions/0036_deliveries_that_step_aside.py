"""Deliveries that step aside, so that others can pass."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


ASIDE = sa.text("state = 'waiting' and due_at is not null")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "deliveries_aside_idx", "deliveries", ["host", "sender", "due_at"], unique=False, postgresql_where=ASIDE
    )


def downgrade() -> None:
    op.drop_index("deliveries_aside_idx", table_name="deliveries", postgresql_where=ASIDE)
    op.drop_column("deliveries", "due_at")

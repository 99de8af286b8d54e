"""Deeds that ended."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.add_column("deeds", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "deeds_ended_at_idx", "deeds", ["ended_at"], unique=False, postgresql_where=sa.text("ended_at is not null")
    )


def downgrade() -> None:
    op.drop_column("deeds", "ended_at")

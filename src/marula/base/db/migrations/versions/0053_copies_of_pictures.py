"""Copies of pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"

COLUMNS = (("accounts", "avatar_again_at"), ("accounts", "header_again_at"), ("custom_emojis", "again_at"))


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column)

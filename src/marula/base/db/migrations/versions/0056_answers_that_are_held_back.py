"""Answers that are held back."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    op.add_column("posts", sa.Column("held_visibility", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.execute("update posts set visibility = held_visibility where held_visibility is not null")
    op.drop_column("posts", "held_visibility")

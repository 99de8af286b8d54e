"""Consents to quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.add_column("quotes", sa.Column("stamp_uri", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("quotes", "stamp_uri")

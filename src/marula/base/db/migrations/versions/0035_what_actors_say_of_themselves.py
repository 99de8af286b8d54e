"""What actors say of themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("avatar_remote_url", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("header_remote_url", sa.Text(), nullable=True))
    op.add_column("actors", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("actors", "suspended_at")
    op.drop_column("accounts", "header_remote_url")
    op.drop_column("accounts", "avatar_remote_url")

"""What other servers count."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    op.add_column("post_stats", sa.Column("replies_elsewhere", sa.Integer(), nullable=True))
    op.add_column("post_stats", sa.Column("reblogs_elsewhere", sa.Integer(), nullable=True))
    op.add_column("post_stats", sa.Column("favourites_elsewhere", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("post_stats", "favourites_elsewhere")
    op.drop_column("post_stats", "reblogs_elsewhere")
    op.drop_column("post_stats", "replies_elsewhere")

"""Keep keys for proofs."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.add_column("actor_keys", sa.Column("proof", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("actor_keys", "proof")

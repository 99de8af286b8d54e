"""What copies are worth, and how storage grows."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    op.add_column("blobs", sa.Column("worth", sa.DateTime(timezone=True), nullable=True))
    op.execute("update blobs set worth = coalesce(seen_at, created_at) where remote")
    op.create_index(
        "blobs_worth_idx", "blobs", ["worth"], unique=False, postgresql_where=sa.text("remote and state = 1")
    )
    op.create_table(
        "storage_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("local", sa.BigInteger(), nullable=False),
        sa.Column("remote", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("free", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("storage_days_pkey")),
    )


def downgrade() -> None:
    op.drop_table("storage_days")
    op.drop_index("blobs_worth_idx", table_name="blobs", postgresql_where=sa.text("remote and state = 1"))
    op.drop_column("blobs", "worth")

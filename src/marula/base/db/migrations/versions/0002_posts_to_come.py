"""Posts that wait for their time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "scheduled_posts",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("app_id", sa.BigInteger(), nullable=True),
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("scheduled_posts_account_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("scheduled_posts_app_id_fkey"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("scheduled_posts_pkey")),
    )
    op.create_index("scheduled_posts_account_id_id_idx", "scheduled_posts", ["account_id", "id"])
    op.create_index("scheduled_posts_account_id_scheduled_at_idx", "scheduled_posts", ["account_id", "scheduled_at"])
    op.create_index(op.f("scheduled_posts_app_id_idx"), "scheduled_posts", ["app_id"])
    op.add_column("idempotency_keys", sa.Column("scheduled_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("idempotency_keys", "scheduled_id")
    op.drop_table("scheduled_posts")

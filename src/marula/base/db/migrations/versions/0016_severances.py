"""What people lose all at once, and a quick way to the lists that are exclusive."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "severances",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_name", sa.Text(), nullable=False),
        sa.Column("followers_count", sa.Integer(), nullable=False),
        sa.Column("following_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("severances_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("severances_pkey")),
    )
    op.create_index("severances_account_id_idx", "severances", ["account_id"], unique=False)
    op.create_index(
        "severances_going_on_idx",
        "severances",
        ["account_id", "kind", "target_name"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index("lists_exclusive_idx", "lists", ["account_id"], unique=False, postgresql_where=sa.text("exclusive"))


def downgrade() -> None:
    op.drop_index("lists_exclusive_idx", table_name="lists", postgresql_where=sa.text("exclusive"))
    op.drop_index("severances_going_on_idx", table_name="severances", postgresql_where=sa.text("ended_at is null"))
    op.drop_index("severances_account_id_idx", table_name="severances")
    op.drop_table("severances")

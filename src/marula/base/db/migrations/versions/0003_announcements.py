"""Announcements, who has read them and the reactions to them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("all_day", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("announcements_pkey")),
    )
    op.create_index(
        "announcements_published_idx",
        "announcements",
        ["id"],
        unique=False,
        postgresql_where=sa.text("published_at is not null"),
    )
    op.create_table(
        "announcement_dismissals",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("announcement_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("announcement_dismissals_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("announcement_dismissals_announcement_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "announcement_id", name=op.f("announcement_dismissals_pkey")),
    )
    op.create_index(
        op.f("announcement_dismissals_announcement_id_idx"),
        "announcement_dismissals",
        ["announcement_id"],
        unique=False,
    )
    op.create_table(
        "announcement_reactions",
        sa.Column("announcement_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("announcement_reactions_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("announcement_reactions_announcement_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("announcement_id", "name", "account_id", name=op.f("announcement_reactions_pkey")),
    )
    op.create_index(
        op.f("announcement_reactions_account_id_idx"), "announcement_reactions", ["account_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("announcement_reactions_account_id_idx"), table_name="announcement_reactions")
    op.drop_table("announcement_reactions")
    op.drop_index(op.f("announcement_dismissals_announcement_id_idx"), table_name="announcement_dismissals")
    op.drop_table("announcement_dismissals")
    op.drop_index(
        "announcements_published_idx", table_name="announcements", postgresql_where=sa.text("published_at is not null")
    )
    op.drop_table("announcements")

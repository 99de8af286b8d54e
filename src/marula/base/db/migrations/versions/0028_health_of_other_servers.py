"""How other servers do."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "servers",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("first_heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("failing_days", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("failing_on", sa.Date(), nullable=True),
        sa.Column("unavailable_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_probe_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("servers_pkey")),
    )
    op.create_index(
        "servers_unavailable_idx",
        "servers",
        ["unavailable_since"],
        unique=False,
        postgresql_where=sa.text("unavailable_since is not null"),
    )


def downgrade() -> None:
    op.drop_index(
        "servers_unavailable_idx", table_name="servers", postgresql_where=sa.text("unavailable_since is not null")
    )
    op.drop_table("servers")

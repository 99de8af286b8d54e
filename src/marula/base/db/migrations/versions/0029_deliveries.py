"""What is owed to other servers, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

WAITING = sa.text("state = 'waiting'")
LOST = sa.text("state in ('given_up', 'dropped')")
LEASED = sa.text("leased_by is not null")
FREE = sa.text("leased_by is null")


def upgrade() -> None:
    op.create_table(
        "parcels",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("sender", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("parcels_pkey")),
        sa.UniqueConstraint("uri", name=op.f("parcels_uri_key")),
    )
    op.create_index(op.f("parcels_created_at_idx"), "parcels", ["created_at"], unique=False)
    for column in ("subject", "post_id"):
        op.create_index(
            f"parcels_{column}_idx",
            "parcels",
            [column],
            unique=False,
            postgresql_where=sa.text(f"{column} is not null"),
        )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("parcel_id", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.BigInteger(), nullable=False),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcels.id"], name=op.f("deliveries_parcel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("deliveries_pkey")),
        sa.UniqueConstraint("parcel_id", "inbox", name=op.f("deliveries_parcel_id_inbox_key")),
    )
    op.create_index(
        "deliveries_waiting_idx", "deliveries", ["host", "sender", "id"], unique=False, postgresql_where=WAITING
    )
    op.create_index("deliveries_lost_idx", "deliveries", ["host", "id"], unique=False, postgresql_where=LOST)
    op.create_table(
        "delivery_lines",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("sender", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("touched", sa.Integer(), server_default="0", nullable=False),
        sa.Column("leased_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("host", "sender", name=op.f("delivery_lines_pkey")),
    )
    op.create_index(
        "delivery_lines_due_idx",
        "delivery_lines",
        [sa.literal_column("(failures > 0)"), "due_at"],
        unique=False,
        postgresql_where=FREE,
    )
    op.create_index("delivery_lines_leased_idx", "delivery_lines", ["leased_by"], unique=False, postgresql_where=LEASED)


def downgrade() -> None:
    op.drop_table("delivery_lines")
    op.drop_table("deliveries")
    op.drop_table("parcels")

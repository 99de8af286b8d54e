"""What other servers send."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

LEASED = sa.text("leased_by is not null")
FREE = sa.text("leased_by is null")
WAITING = sa.text("state = 'waiting'")
DEAD = sa.text("state = 'dead'")
CONCLUDED = sa.text("concluded_at is not null")


def upgrade() -> None:
    op.create_table(
        "arrival_lines",
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("losses", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("leased_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("signer", name=op.f("arrival_lines_pkey")),
    )
    op.create_index("arrival_lines_due_idx", "arrival_lines", ["due_at"], unique=False, postgresql_where=FREE)
    op.create_index("arrival_lines_leased_idx", "arrival_lines", ["leased_by"], unique=False, postgresql_where=LEASED)
    op.create_table(
        "arrivals",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("inbox_of", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("arrivals_pkey")),
        sa.UniqueConstraint("digest", name=op.f("arrivals_digest_key")),
    )
    op.create_index("arrivals_concluded_at_idx", "arrivals", ["concluded_at"], unique=False, postgresql_where=CONCLUDED)
    op.create_index("arrivals_dead_idx", "arrivals", ["id"], unique=False, postgresql_where=DEAD)
    op.create_index("arrivals_host_id_idx", "arrivals", ["host", "id"], unique=False)
    op.create_index("arrivals_waiting_idx", "arrivals", ["signer", "id"], unique=False, postgresql_where=WAITING)
    op.create_table(
        "taken_back",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("taken_back_pkey")),
    )
    op.create_index(op.f("taken_back_taken_back_at_idx"), "taken_back", ["taken_back_at"], unique=False)
    op.create_table(
        "deeds",
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_uri", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("deeds_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uri", name=op.f("deeds_pkey")),
    )
    op.create_index("deeds_account_id_idx", "deeds", ["account_id", "kind", "object_uri"], unique=False)


def downgrade() -> None:
    for table in ("deeds", "taken_back", "arrivals", "arrival_lines"):
        op.drop_table(table)

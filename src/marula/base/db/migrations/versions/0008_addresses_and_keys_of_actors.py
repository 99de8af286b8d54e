"""Addresses and keys of actors."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "actor_keys",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("private", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("actor_keys_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("actor_keys_pkey")),
        sa.UniqueConstraint("uri", name=op.f("actor_keys_uri_key")),
    )
    op.create_index(op.f("actor_keys_account_id_idx"), "actor_keys", ["account_id"], unique=False)
    op.create_table(
        "actors",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("shared_inbox", sa.Text(), nullable=True),
        sa.Column("outbox", sa.Text(), nullable=True),
        sa.Column("followers", sa.Text(), nullable=True),
        sa.Column("following", sa.Text(), nullable=True),
        sa.Column("featured", sa.Text(), nullable=True),
        sa.Column("featured_tags", sa.Text(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("actors_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("actors_pkey")),
    )
    op.create_index(
        "actors_followers_idx", "actors", ["followers"], unique=False, postgresql_where=sa.text("followers is not null")
    )


def downgrade() -> None:
    op.drop_index("actors_followers_idx", table_name="actors", postgresql_where=sa.text("followers is not null"))
    op.drop_table("actors")
    op.drop_index(op.f("actor_keys_account_id_idx"), table_name="actor_keys")
    op.drop_table("actor_keys")

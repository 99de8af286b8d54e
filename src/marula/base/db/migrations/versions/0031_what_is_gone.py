"""Posts and actors of ours that are gone, for those who ask for them and to sign that they are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "departed_actors",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("key_uri", sa.Text(), nullable=True),
        sa.Column("public", sa.Text(), nullable=True),
        sa.Column("private", sa.Text(), nullable=True),
        sa.Column("inboxes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("departed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("departed_actors_pkey")),
    )
    op.create_index(
        "departed_actors_username_idx", "departed_actors", [sa.literal_column("lower(username)")], unique=False
    )
    op.create_table(
        "post_tombstones",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("post_tombstones_pkey")),
    )


def downgrade() -> None:
    op.drop_table("post_tombstones")
    op.drop_index("departed_actors_username_idx", table_name="departed_actors")
    op.drop_table("departed_actors")

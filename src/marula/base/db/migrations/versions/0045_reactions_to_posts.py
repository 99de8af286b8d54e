"""Reactions to posts."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.create_table(
        "post_reactions",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), server_default="", nullable=False),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("post_reactions_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("post_reactions_post_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("post_reactions_pkey")),
        sa.UniqueConstraint(
            "post_id", "account_id", "name", "domain", name=op.f("post_reactions_post_id_account_id_name_domain_key")
        ),
    )
    op.create_index("post_reactions_account_id_idx", "post_reactions", ["account_id"], unique=False)
    op.add_column("favourites", sa.Column("reacted", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("post_stats", sa.Column("reactions_count", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("post_stats", "reactions_count")
    op.drop_column("favourites", "reacted")
    op.drop_index("post_reactions_account_id_idx", table_name="post_reactions")
    op.drop_table("post_reactions")

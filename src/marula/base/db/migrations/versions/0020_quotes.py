"""Posts that quote others, and who may quote them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("quoted_id", sa.BigInteger(), nullable=True),
        sa.Column("quoted_account_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("quotes_post_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("quotes_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["quoted_id"], ["posts.id"], name=op.f("quotes_quoted_id_fkey"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["quoted_account_id"], ["accounts.id"], name=op.f("quotes_quoted_account_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("quotes_pkey")),
        sa.UniqueConstraint("post_id", name=op.f("quotes_post_id_key")),
    )
    op.create_index(op.f("quotes_account_id_idx"), "quotes", ["account_id"])
    op.create_index(op.f("quotes_quoted_account_id_idx"), "quotes", ["quoted_account_id"])
    op.create_index(
        "quotes_quoted_id_id_idx",
        "quotes",
        ["quoted_id", "id"],
        postgresql_where=sa.text("quoted_id is not null"),
    )
    for column in ("quote_automatic", "quote_manual"):
        op.add_column("posts", sa.Column(column, sa.SmallInteger(), server_default="0", nullable=False))
    op.add_column("post_stats", sa.Column("quotes_count", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("post_stats", "quotes_count")
    for column in ("quote_manual", "quote_automatic"):
        op.drop_column("posts", column)
    op.drop_table("quotes")

"""The servers that people hide."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "account_domain_blocks",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("account_domain_blocks_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("account_domain_blocks_pkey")),
        sa.UniqueConstraint("account_id", "domain", name=op.f("account_domain_blocks_account_id_domain_key")),
    )
    op.create_index(
        "account_domain_blocks_account_id_id_idx", "account_domain_blocks", ["account_id", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("account_domain_blocks_account_id_id_idx", table_name="account_domain_blocks")
    op.drop_table("account_domain_blocks")

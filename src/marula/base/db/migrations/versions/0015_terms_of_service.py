"""The terms of service, and the servers that are known by their names."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "terms_of_service",
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("effective_on", name=op.f("terms_of_service_pkey")),
    )
    op.create_index(
        "accounts_domain_idx",
        "accounts",
        [sa.literal_column("domain text_pattern_ops")],
        unique=False,
        postgresql_where=sa.text("domain is not null"),
    )


def downgrade() -> None:
    op.drop_index("accounts_domain_idx", table_name="accounts", postgresql_where=sa.text("domain is not null"))
    op.drop_table("terms_of_service")

"""Give the tokens of the web app to sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    op.add_column("tokens", sa.Column("session_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "tokens_session_id_idx",
        "tokens",
        ["session_id"],
        unique=False,
        postgresql_where=sa.text("session_id is not null"),
    )


def downgrade() -> None:
    op.drop_index("tokens_session_id_idx", table_name="tokens", postgresql_where=sa.text("session_id is not null"))
    op.drop_column("tokens", "session_id")

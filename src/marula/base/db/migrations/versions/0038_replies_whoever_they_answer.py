"""Posts know that they answer others, also when those are gone; the public timelines go by it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

INDEXES = {
    "posts_public_idx": (["id"], ""),
    "posts_public_local_idx": (["id"], "local and "),
    "posts_public_remote_idx": (["id"], "not local and "),
    "posts_public_language_idx": (["language", "id"], ""),
}
BEFORE = "(in_reply_to_account_id is null or in_reply_to_account_id = account_id)"


def upgrade() -> None:
    op.add_column("posts", sa.Column("answers_others", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.execute(
        """
        update posts set answers_others = true
        where in_reply_to_account_id is not null and in_reply_to_account_id <> account_id
        """
    )
    _index("not answers_others")


def downgrade() -> None:
    _index(BEFORE)
    op.drop_column("posts", "answers_others")


def _index(condition: str) -> None:
    """Make the indexes of public posts anew."""
    for name, (columns, origin) in INDEXES.items():
        op.drop_index(name, table_name="posts")
        where = sa.text(f"{origin}visibility = 0 and reblog_of_id is null and {condition}")
        op.create_index(name, "posts", columns, postgresql_where=where)

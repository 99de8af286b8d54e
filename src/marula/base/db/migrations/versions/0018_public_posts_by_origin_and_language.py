"""Public posts of other servers, and public posts by language, without reading all others."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

PUBLIC = (
    "visibility = 0 and reblog_of_id is null and "
    "(in_reply_to_account_id is null or in_reply_to_account_id = account_id)"
)


def upgrade() -> None:
    op.create_index("posts_public_remote_idx", "posts", ["id"], postgresql_where=sa.text(f"not local and {PUBLIC}"))
    op.create_index("posts_public_language_idx", "posts", ["language", "id"], postgresql_where=sa.text(PUBLIC))


def downgrade() -> None:
    op.drop_index("posts_public_language_idx", table_name="posts")
    op.drop_index("posts_public_remote_idx", table_name="posts")

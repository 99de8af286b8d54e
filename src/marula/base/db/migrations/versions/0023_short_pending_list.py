"""New words of posts wait in a short list only, which every search reads."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.execute("alter index search_posts_words_idx set (gin_pending_list_limit = 256)")


def downgrade() -> None:
    op.execute("alter index search_posts_words_idx reset (gin_pending_list_limit)")

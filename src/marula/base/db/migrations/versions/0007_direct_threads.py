"""Direct posts in threads, as each person sees them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "direct_threads",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("participants", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("last_post_id", sa.BigInteger(), nullable=True),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("direct_threads_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("direct_threads_conversation_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["last_post_id"], ["posts.id"], name=op.f("direct_threads_last_post_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("direct_threads_pkey")),
    )
    op.create_index(
        "direct_threads_account_id_last_post_id_idx", "direct_threads", ["account_id", "last_post_id"], unique=False
    )
    op.create_index(
        "direct_threads_people_idx",
        "direct_threads",
        ["account_id", "conversation_id", sa.literal_column("hash_array_extended(participants, 0)")],
        unique=True,
    )
    op.create_index("direct_threads_conversation_id_idx", "direct_threads", ["conversation_id"], unique=False)
    op.create_index(op.f("direct_threads_last_post_id_idx"), "direct_threads", ["last_post_id"], unique=False)
    op.create_table(
        "direct_thread_posts",
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("direct_thread_posts_post_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["direct_threads.id"], name=op.f("direct_thread_posts_thread_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", "post_id", name=op.f("direct_thread_posts_pkey")),
    )
    op.create_index(op.f("direct_thread_posts_post_id_idx"), "direct_thread_posts", ["post_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("direct_thread_posts_post_id_idx"), table_name="direct_thread_posts")
    op.drop_table("direct_thread_posts")
    op.drop_index(op.f("direct_threads_last_post_id_idx"), table_name="direct_threads")
    op.drop_index("direct_threads_people_idx", table_name="direct_threads")
    op.drop_index("direct_threads_conversation_id_idx", table_name="direct_threads")
    op.drop_index("direct_threads_account_id_last_post_id_idx", table_name="direct_threads")
    op.drop_table("direct_threads")

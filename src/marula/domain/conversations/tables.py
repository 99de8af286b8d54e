"""Tables of direct threads."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, text
from sqlalchemy.dialects.postgresql import ARRAY

from marula.base.db.schema import metadata

direct_threads = Table(
    "direct_threads",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("participants", ARRAY(BigInteger), nullable=False),
    Column("last_post_id", BigInteger, ForeignKey("posts.id", ondelete="SET NULL"), index=True),
    Column("unread", Boolean, nullable=False),
    Index(
        "direct_threads_people_idx",
        "account_id",
        "conversation_id",
        text("hash_array_extended(participants, 0)"),
        unique=True,
    ),
    Index("direct_threads_account_id_last_post_id_idx", "account_id", "last_post_id"),
    Index("direct_threads_conversation_id_idx", "conversation_id"),
)

direct_thread_posts = Table(
    "direct_thread_posts",
    metadata,
    Column("thread_id", BigInteger, ForeignKey("direct_threads.id", ondelete="CASCADE"), primary_key=True),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, index=True),
)

"""Tables of discovery."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Table, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from marula.base.db.schema import metadata

directory_entries = Table(
    "directory_entries",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("local", Boolean, nullable=False),
    Column("active_at", DateTime(timezone=True)),
    Index("directory_entries_active_idx", text("active_at desc nulls last"), text("account_id desc")),
    Index(
        "directory_entries_local_active_idx",
        text("active_at desc nulls last"),
        text("account_id desc"),
        postgresql_where=text("local"),
    ),
    Index("directory_entries_local_idx", text("account_id desc"), postgresql_where=text("local")),
)

search_posts = Table(
    "search_posts",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("words", TSVECTOR, nullable=False),
    Index("search_posts_words_idx", "words", postgresql_using="gin"),
)

search_library = Table(
    "search_library",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, index=True),
)

search_authors = Table(
    "search_authors",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("indexable", Boolean, nullable=False),
)

"""Tables of discovery."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Double, ForeignKey, Index, Table, Text, text
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
    Index("search_posts_words_idx", "words", postgresql_using="gin", postgresql_with={"gin_pending_list_limit": "256"}),
)

search_names = Table(
    "search_names",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("word", Text, primary_key=True),
    Index("search_names_word_idx", text("word text_pattern_ops")),
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

suggested = Table(
    "suggested",
    metadata,
    Column("source", Text, primary_key=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("score", Double, nullable=False),
)

dismissed_suggestions = Table(
    "dismissed_suggestions",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("target_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

post_links = Table(
    "post_links",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("link_id", BigInteger, ForeignKey("links.id", ondelete="CASCADE"), primary_key=True),
    Index("post_links_link_id_post_id_idx", "link_id", "post_id"),
)


def _trends(name: str, of: str, *more: Column[object]) -> Table:
    """What trends, and what moderators said of it, which is kept when it trends no longer."""
    return Table(
        name,
        metadata,
        Column("id", BigInteger, ForeignKey(f"{of}.id", ondelete="CASCADE"), primary_key=True),
        Column("score", Double, nullable=False),
        Column("trendable", Boolean),
        Column("reviewed_at", DateTime(timezone=True)),
        Column("review_wanted_at", DateTime(timezone=True)),
        *more,
        Index(f"{name}_score_idx", text("score desc"), postgresql_where=text("score > 0")),
    )


def _peak() -> tuple[Column[object], ...]:
    return (
        Column("peak", Double, nullable=False, server_default="0"),
        Column("peak_at", DateTime(timezone=True)),
    )


trending_tags = _trends("trending_tags", "tags", *_peak())
trending_links = _trends("trending_links", "links", *_peak())
trending_posts = _trends("trending_posts", "posts")

"""Tables of feeds."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, Table, Text

from marula.base.db.schema import metadata

home_entries = Table(
    "home_entries",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("origin_id", BigInteger, nullable=False),
    Index("home_entries_post_id_idx", "post_id"),
    Index("home_entries_account_id_origin_id_idx", "account_id", "origin_id"),
)

home_feeds = Table(
    "home_feeds",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("built_at", DateTime(timezone=True)),
)

list_entries = Table(
    "list_entries",
    metadata,
    Column("list_id", BigInteger, ForeignKey("lists.id", ondelete="CASCADE"), primary_key=True),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("origin_id", BigInteger, nullable=False),
    Index("list_entries_post_id_idx", "post_id"),
    Index("list_entries_list_id_origin_id_idx", "list_id", "origin_id"),
)

list_feeds = Table(
    "list_feeds",
    metadata,
    Column("list_id", BigInteger, ForeignKey("lists.id", ondelete="CASCADE"), primary_key=True),
    Column("built_at", DateTime(timezone=True)),
    Column("read_at", DateTime(timezone=True), nullable=False),
)

markers = Table(
    "markers",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("timeline", Text, primary_key=True),
    Column("last_read_id", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

"""Tables of collections."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from marula.base.db.schema import metadata

collections = Table(
    "collections",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("uri", Text),
    Column("url", Text),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("language", Text),
    Column("tag_id", BigInteger, ForeignKey("tags.id", ondelete="SET NULL")),
    Column("sensitive", Boolean, nullable=False, server_default=text("false")),
    Column("discoverable", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Index("collections_account_id_id_idx", "account_id", "id"),
    Index("collections_uri_idx", "uri", unique=True, postgresql_where=text("uri is not null")),
    Index("collections_tag_id_idx", "tag_id", postgresql_where=text("tag_id is not null")),
)

collection_items = Table(
    "collection_items",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("collection_id", BigInteger, ForeignKey("collections.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("collection_id", "account_id"),
    Index("collection_items_account_id_id_idx", "account_id", "id"),
)

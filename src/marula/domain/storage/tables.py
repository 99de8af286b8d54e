"""Tables of storage."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Index, LargeBinary, SmallInteger, Table, Text, text

from marula.base.db.schema import metadata

blobs = Table(
    "blobs",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False),
    Column("key", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("purpose", SmallInteger, nullable=False),
    Column("remote", Boolean, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True)),
    Column("loose_at", DateTime(timezone=True)),
    Column("worth", DateTime(timezone=True)),
    Index("blobs_key_idx", "key", unique=True),
    Index("blobs_digest_idx", "digest", "purpose", "remote", unique=True, postgresql_where=text("state < 2")),
    Index("blobs_loose_at_idx", "loose_at", postgresql_where=text("loose_at is not null and state < 2")),
    Index("blobs_worth_idx", "worth", postgresql_where=text("remote and state = 1")),
    Index("blobs_leaving_idx", "id", postgresql_where=text("state = 2")),
)
"""`worth`: when a copy was last seen, earlier the larger it is. The copies with the earliest go first."""

storage_totals = Table(
    "storage_totals",
    metadata,
    Column("purpose", SmallInteger, primary_key=True, autoincrement=False),
    Column("remote", Boolean, primary_key=True),
    Column("files", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
)

storage_days = Table(
    "storage_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("local", BigInteger, nullable=False),
    Column("remote", BigInteger, nullable=False),
    Column("total", BigInteger),
    Column("free", BigInteger),
)
"""What was kept on each day, and the room of the disk; the last look at a day counts."""

"""Tables of hashtags."""

from sqlalchemy import BigInteger, Column, DateTime, Index, Table, Text, text

from marula.base.db.schema import metadata

tags = Table(
    "tags",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("tags_name_prefix_idx", text("name text_pattern_ops")),
)

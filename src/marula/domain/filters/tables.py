"""Tables of filters."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY

from marula.base.db.schema import metadata

filters = Table(
    "filters",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("contexts", ARRAY(Text), nullable=False),
    Column("action", Text, nullable=False, server_default="warn"),
    Column("expires_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

filter_keywords = Table(
    "filter_keywords",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("filter_id", BigInteger, ForeignKey("filters.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("keyword", Text, nullable=False),
    Column("whole_word", Boolean, nullable=False, server_default=text("true")),
)

filter_posts = Table(
    "filter_posts",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("filter_id", BigInteger, ForeignKey("filters.id", ondelete="CASCADE"), nullable=False),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False, index=True),
    UniqueConstraint("filter_id", "post_id"),
)

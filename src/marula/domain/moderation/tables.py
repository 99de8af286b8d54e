"""Tables of moderation."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

from marula.base.db.schema import metadata

reports = Table(
    "reports",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("target_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("category", Text, nullable=False),
    Column("comment", Text, nullable=False, server_default=""),
    Column("forwarded", Boolean, nullable=False, server_default=text("false")),
    Column("post_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Column("collection_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Column("rule_ids", ARRAY(BigInteger)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("resolved_at", DateTime(timezone=True)),
    Index("reports_target_id_id_idx", "target_id", "id"),
    Index("reports_open_idx", "id", postgresql_where=text("resolved_at is null")),
)

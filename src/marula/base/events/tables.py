"""The table of the log of facts."""

from sqlalchemy import BigInteger, Column, DateTime, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from marula.base.db.schema import metadata

facts = Table(
    "facts",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("kind", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("happened_at", DateTime(timezone=True), nullable=False),
    Index("facts_happened_at_idx", "happened_at"),
)

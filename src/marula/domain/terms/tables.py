"""Tables of the terms of service."""

from sqlalchemy import Column, Date, DateTime, Table, Text

from marula.base.db.schema import metadata

terms_of_service = Table(
    "terms_of_service",
    metadata,
    Column("effective_on", Date, primary_key=True),
    Column("text", Text, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
)

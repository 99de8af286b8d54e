"""Tables of annual reports."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, Table
from sqlalchemy.dialects.postgresql import JSONB

from marula.base.db.schema import metadata

annual_reports = Table(
    "annual_reports",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("figures", JSONB),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("viewed_at", DateTime(timezone=True)),
)

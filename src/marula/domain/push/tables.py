"""Tables of pushes."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, LargeBinary, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from marula.base.db.schema import metadata

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("token_id", BigInteger, ForeignKey("tokens.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("endpoint", Text, nullable=False),
    Column("p256dh", LargeBinary, nullable=False),
    Column("auth", LargeBinary, nullable=False),
    Column("standard", Boolean, nullable=False),
    Column("alerts", JSONB, nullable=False),
    Column("policy", Text, nullable=False),
    Column("sealed_token", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

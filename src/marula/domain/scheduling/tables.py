"""Tables of scheduling."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from marula.base.db.schema import metadata

scheduled_posts = Table(
    "scheduled_posts",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("app_id", BigInteger, ForeignKey("apps.id", ondelete="SET NULL"), index=True),
    Column("asked", JSONB, nullable=False),
    Column("scheduled_at", DateTime(timezone=True), nullable=False),
    Column("failure", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("scheduled_posts_account_id_id_idx", "account_id", "id"),
    Index("scheduled_posts_account_id_scheduled_at_idx", "account_id", "scheduled_at"),
)

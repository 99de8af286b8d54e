"""Tables of moves."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, Table, UniqueConstraint, text

from marula.base.db.schema import metadata

moves = Table(
    "moves",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("target_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("followers_count", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account_id", "target_id"),
    Index("moves_target_id_idx", "target_id"),
)

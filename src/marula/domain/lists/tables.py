"""Tables of lists."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, DateTime, ForeignKey, Index, Table, Text, text

from marula.base.db.schema import metadata

lists = Table(
    "lists",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False),
    Column("replies_policy", Text, nullable=False),
    Column("exclusive", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("replies_policy in ('followed', 'list', 'none')", name="replies_policy"),
    Index("lists_account_id_id_idx", "account_id", "id"),
    Index("lists_exclusive_idx", "account_id", postgresql_where=text("exclusive")),
)

list_members = Table(
    "list_members",
    metadata,
    Column("list_id", BigInteger, ForeignKey("lists.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Index("list_members_account_id_list_id_idx", "account_id", "list_id"),
)

"""Tables of discovery."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Table, text

from marula.base.db.schema import metadata

directory_entries = Table(
    "directory_entries",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("local", Boolean, nullable=False),
    Column("active_at", DateTime(timezone=True)),
    Index("directory_entries_active_idx", text("active_at desc nulls last"), text("account_id desc")),
    Index(
        "directory_entries_local_active_idx",
        text("active_at desc nulls last"),
        text("account_id desc"),
        postgresql_where=text("local"),
    ),
    Index("directory_entries_local_idx", text("account_id desc"), postgresql_where=text("local")),
)

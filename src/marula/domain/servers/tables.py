"""Tables of servers."""

from sqlalchemy import Column, Date, DateTime, Index, SmallInteger, Table, Text, text

from marula.base.db.schema import metadata

servers = Table(
    "servers",
    metadata,
    Column("host", Text, primary_key=True),
    Column("first_heard_at", DateTime(timezone=True)),
    Column("last_heard_at", DateTime(timezone=True)),
    Column("last_reached_at", DateTime(timezone=True)),
    Column("last_failed_at", DateTime(timezone=True)),
    Column("last_error", Text),
    Column("failing_days", SmallInteger, nullable=False, server_default="0"),
    Column("failing_on", Date),
    Column("unavailable_since", DateTime(timezone=True)),
    Column("next_probe_at", DateTime(timezone=True)),
    Column("form", Text),
    Index("servers_unavailable_idx", "unavailable_since", postgresql_where=text("unavailable_since is not null")),
)

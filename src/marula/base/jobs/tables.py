"""The tables of the job queue."""

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Integer, SmallInteger, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from marula.base.db.schema import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("lane", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("arguments", JSONB, nullable=False),
    Column("priority", SmallInteger, nullable=False, server_default="0"),
    Column("run_at", DateTime(timezone=True), nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("leased_by", Integer),
    Column("losses", SmallInteger, nullable=False, server_default="0"),
    Column("dead_at", DateTime(timezone=True)),
    Column("last_error", Text),
    Column("once", Text),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()")),
    Index(
        "jobs_waiting_idx",
        "lane",
        "priority",
        "run_at",
        "id",
        postgresql_where=text("dead_at is null and leased_by is null"),
    ),
    Index(
        "jobs_in_turn_idx",
        "lane",
        "id",
        postgresql_where=text("dead_at is null and leased_by is null and lane in ('fan_out', 'notify')"),
    ),
    Index("jobs_leased_idx", "leased_by", postgresql_where=text("leased_by is not null")),
    Index("jobs_dead_idx", "dead_at", postgresql_where=text("dead_at is not null")),
    Index("jobs_once_idx", "once", unique=True, postgresql_where=text("dead_at is null and leased_by is null")),
)

timers = Table(
    "timers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("due_at", DateTime(timezone=True), nullable=False),
)

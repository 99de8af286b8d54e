"""Tables of intake."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)

from marula.base.db.schema import metadata

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("uri", Text),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("signer", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("inbox_of", BigInteger),
    Column("body", LargeBinary),
    Column("arrived_at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("concluded_at", DateTime(timezone=True)),
    Index("arrivals_waiting_idx", "signer", "id", postgresql_where=text("state = 'waiting'")),
    Index("arrivals_dead_idx", "id", postgresql_where=text("state = 'dead'")),
    Index("arrivals_host_id_idx", "host", "id"),
    Index("arrivals_concluded_at_idx", "concluded_at", postgresql_where=text("concluded_at is not null")),
)

arrival_lines = Table(
    "arrival_lines",
    metadata,
    Column("signer", Text, primary_key=True),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("losses", SmallInteger, nullable=False, server_default="0"),
    Column("leased_by", Integer),
    Index("arrival_lines_due_idx", "due_at", postgresql_where=text("leased_by is null")),
    Index("arrival_lines_leased_idx", "leased_by", postgresql_where=text("leased_by is not null")),
)

refusals = Table(
    "refusals",
    metadata,
    Column("host", Text, primary_key=True),
    Column("why", Text, primary_key=True),
    Column("status", SmallInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("first_at", DateTime(timezone=True), nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Index("refusals_last_at_idx", "last_at"),
)

deeds = Table(
    "deeds",
    metadata,
    Column("uri", Text, primary_key=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("object_uri", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Index("deeds_account_id_idx", "account_id", "kind", "object_uri"),
    Index("deeds_ended_at_idx", "ended_at", postgresql_where=text("ended_at is not null")),
)

taken_back = Table(
    "taken_back",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("taken_back_at", DateTime(timezone=True), nullable=False, index=True),
)

"""Tables of deliveries."""

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
    UniqueConstraint,
    text,
)

from marula.base.db.schema import metadata

parcels = Table(
    "parcels",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("uri", Text, nullable=False, unique=True),
    Column("sender", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("subject", Text),
    Column("post_id", BigInteger),
    Column("created_at", DateTime(timezone=True), nullable=False, index=True),
    Index("parcels_subject_idx", "subject", postgresql_where=text("subject is not null")),
    Index("parcels_post_id_idx", "post_id", postgresql_where=text("post_id is not null")),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("parcel_id", BigInteger, ForeignKey("parcels.id", ondelete="CASCADE"), nullable=False),
    Column("sender", BigInteger, nullable=False),
    Column("inbox", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("owed_at", DateTime(timezone=True), nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("tried_at", DateTime(timezone=True)),
    Column("due_at", DateTime(timezone=True)),
    Column("status", SmallInteger),
    Column("why", Text),
    UniqueConstraint("parcel_id", "inbox"),
    Index("deliveries_waiting_idx", "host", "sender", "id", postgresql_where=text("state = 'waiting'")),
    Index(
        "deliveries_aside_idx",
        "host",
        "sender",
        "due_at",
        postgresql_where=text("state = 'waiting' and due_at is not null"),
    ),
    Index("deliveries_lost_idx", "host", "id", postgresql_where=text("state in ('given_up', 'dropped')")),
)

delivery_lines = Table(
    "delivery_lines",
    metadata,
    Column("host", Text, primary_key=True),
    Column("sender", BigInteger, primary_key=True, autoincrement=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("failures", SmallInteger, nullable=False, server_default="0"),
    Column("touched", Integer, nullable=False, server_default="0"),
    Column("leased_by", Integer),
    Index("delivery_lines_due_idx", text("(failures > 0)"), "due_at", postgresql_where=text("leased_by is null")),
    Index("delivery_lines_leased_idx", "leased_by", postgresql_where=text("leased_by is not null")),
)

delivery_tallies = Table(
    "delivery_tallies",
    metadata,
    Column("reason", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

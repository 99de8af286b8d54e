"""Tables of refreshes."""

from sqlalchemy import BigInteger, Column, DateTime, Index, SmallInteger, Table

from marula.base.db.schema import metadata

refreshes = Table(
    "refreshes",
    metadata,
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("subject", BigInteger, primary_key=True, autoincrement=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Index("refreshes_begun_at_idx", "begun_at"),
)

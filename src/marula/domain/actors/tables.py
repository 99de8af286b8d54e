"""Tables of actors."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

from marula.base.db.schema import metadata

actors = Table(
    "actors",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("inbox", Text, nullable=False),
    Column("shared_inbox", Text),
    Column("outbox", Text),
    Column("followers", Text),
    Column("following", Text),
    Column("featured", Text),
    Column("featured_tags", Text),
    Column("fetched_at", DateTime(timezone=True), nullable=False),
    Column("suspended_at", DateTime(timezone=True)),
    Index("actors_followers_idx", "followers", postgresql_where=text("followers is not null")),
)

departed_actors = Table(
    "departed_actors",
    metadata,
    Column("account_id", BigInteger, primary_key=True, autoincrement=False),
    Column("username", Text, nullable=False),
    Column("key_uri", Text),
    Column("public", Text),
    Column("private", Text),
    Column("inboxes", ARRAY(Text), nullable=False),
    Column("departed_at", DateTime(timezone=True), nullable=False),
    Index("departed_actors_username_idx", text("lower(username)")),
)

actor_keys = Table(
    "actor_keys",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("uri", Text, nullable=False, unique=True),
    Column("public", Text, nullable=False),
    Column("private", Text),
    Column("proof", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

"""Tables of relationships between accounts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from marula.base.db.schema import metadata


def _pair() -> tuple[Column[int], Column[int], Column[int]]:
    return (
        Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
        Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        Column("target_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    )


follows = Table(
    "follows",
    metadata,
    *_pair(),
    Column("show_reblogs", Boolean, nullable=False, server_default=text("true")),
    Column("notify", Boolean, nullable=False, server_default=text("false")),
    Column("languages", ARRAY(Text)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account_id", "target_id"),
    Index("follows_account_id_id_idx", "account_id", "id"),
    Index("follows_target_id_id_idx", "target_id", "id"),
    Index("follows_notify_idx", "target_id", "account_id", postgresql_where=text("notify")),
)

follow_requests = Table(
    "follow_requests",
    metadata,
    *_pair(),
    Column("show_reblogs", Boolean, nullable=False, server_default=text("true")),
    Column("notify", Boolean, nullable=False, server_default=text("false")),
    Column("languages", ARRAY(Text)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account_id", "target_id"),
    Index("follow_requests_target_id_id_idx", "target_id", "id"),
)

blocks = Table(
    "blocks",
    metadata,
    *_pair(),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account_id", "target_id"),
    Index("blocks_account_id_id_idx", "account_id", "id"),
    Index("blocks_target_id_idx", "target_id", "account_id"),
)

mutes = Table(
    "mutes",
    metadata,
    *_pair(),
    Column("hide_notifications", Boolean, nullable=False, server_default=text("true")),
    Column("expires_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account_id", "target_id"),
    Index("mutes_account_id_id_idx", "account_id", "id"),
    Index("mutes_target_id_idx", "target_id"),
    Index("mutes_expires_at_idx", "expires_at", postgresql_where=text("expires_at is not null")),
)

account_domain_blocks = Table(
    "account_domain_blocks",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("domain", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account_id", "domain"),
    Index("account_domain_blocks_account_id_id_idx", "account_id", "id"),
)

severances = Table(
    "severances",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("target_name", Text, nullable=False),
    Column("followers_count", Integer, nullable=False),
    Column("following_count", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Index(
        "severances_going_on_idx",
        "account_id",
        "kind",
        "target_name",
        unique=True,
        postgresql_where=text("ended_at is null"),
    ),
    Index("severances_account_id_idx", "account_id"),
)

severed_follows = Table(
    "severed_follows",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("target_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("domain", Text, nullable=False),
    Column("show_reblogs", Boolean, nullable=False),
    Column("notify", Boolean, nullable=False),
    Column("languages", ARRAY(Text)),
    Column("severed_at", DateTime(timezone=True), nullable=False),
    Index("severed_follows_domain_idx", "domain", "severed_at"),
    Index("severed_follows_target_id_idx", "target_id"),
    Index("severed_follows_severed_at_idx", "severed_at"),
)

endorsements = Table(
    "endorsements",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("target_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

account_notes = Table(
    "account_notes",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("target_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("comment", Text, nullable=False),
)

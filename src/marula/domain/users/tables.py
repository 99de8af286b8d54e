"""Tables of the people who may sign in."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, INET, JSONB

from marula.base.db.schema import metadata

roles = Table(
    "roles",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("name", Text, nullable=False),
    Column("color", Text, nullable=False, server_default=""),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("permissions", BigInteger, nullable=False, server_default="0"),
    Column("highlighted", Boolean, nullable=False, server_default=text("false")),
    Column("collection_limit", Integer, nullable=False, server_default="10"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
)

users = Table(
    "users",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("email", Text, nullable=False),
    Column("unconfirmed_email", Text),
    Column("password_hash", Text, nullable=False),
    Column("role_id", BigInteger, ForeignKey("roles.id", ondelete="SET NULL")),
    Column("locale", Text),
    Column("time_zone", Text),
    Column("chosen_languages", ARRAY(Text)),
    Column("preferences", JSONB, nullable=False, server_default="{}"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("confirmation_sent_at", DateTime(timezone=True)),
    Column("approved", Boolean, nullable=False, server_default=text("true")),
    Column("disabled", Boolean, nullable=False, server_default=text("false")),
    Column("sign_up_ip", INET),
    Column("created_by_app_id", BigInteger),
    Column("last_active_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("users_email_idx", text("lower(email)"), unique=True),
    Index("users_role_id_idx", "role_id", postgresql_where=text("role_id is not null")),
    Index("users_last_active_at_idx", "last_active_at"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("user_id", BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("user_agent", Text, nullable=False, server_default=""),
    Column("ip", INET),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("last_used_at", DateTime(timezone=True), nullable=False),
)

mails = Table(
    "mails",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
    Column("last_error", Text),
    Column("once", Text, unique=True),
    Index("mails_unsent_idx", "id", postgresql_where=text("sent_at is null")),
)

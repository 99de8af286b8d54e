"""Tables of accounts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from marula.base.db.schema import metadata

accounts = Table(
    "accounts",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("username", Text, nullable=False),
    Column("domain", Text),
    Column("uri", Text),
    Column("url", Text),
    Column("actor_type", Text, nullable=False, server_default="Person"),
    Column("display_name", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("note_html", Text, nullable=False, server_default=""),
    Column("fields", JSONB, nullable=False, server_default="[]"),
    Column("avatar_id", BigInteger, ForeignKey("blobs.id")),
    Column("avatar_still_id", BigInteger, ForeignKey("blobs.id")),
    Column("header_id", BigInteger, ForeignKey("blobs.id")),
    Column("header_still_id", BigInteger, ForeignKey("blobs.id")),
    Column("avatar_remote_url", Text),
    Column("header_remote_url", Text),
    Column("avatar_again_at", DateTime(timezone=True)),
    Column("header_again_at", DateTime(timezone=True)),
    Column("avatar_description", Text, nullable=False, server_default=""),
    Column("header_description", Text, nullable=False, server_default=""),
    Column("locked", Boolean, nullable=False, server_default=text("false")),
    Column("discoverable", Boolean),
    Column("indexable", Boolean, nullable=False, server_default=text("false")),
    Column("hide_collections", Boolean),
    Column("show_media", Boolean, nullable=False, server_default=text("true")),
    Column("show_media_replies", Boolean, nullable=False, server_default=text("true")),
    Column("show_featured", Boolean, nullable=False, server_default=text("true")),
    Column("attribution_domains", ARRAY(Text), nullable=False, server_default="{}"),
    Column("also_known_as", ARRAY(Text), nullable=False, server_default="{}"),
    Column("moved_to_id", BigInteger, ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("memorial", Boolean, nullable=False, server_default=text("false")),
    Column("silenced_at", DateTime(timezone=True)),
    Column("suspended_at", DateTime(timezone=True)),
    Column("sensitized_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("username <> ''", name="username"),
    Index("accounts_handle_idx", text("lower(username)"), text("coalesce(domain, '')"), unique=True),
    Index("accounts_uri_idx", "uri", unique=True, postgresql_where=text("uri is not null")),
    Index("accounts_url_idx", "url", postgresql_where=text("url is not null")),
    Index("accounts_moved_to_id_idx", "moved_to_id", postgresql_where=text("moved_to_id is not null")),
    Index("accounts_domain_idx", text("domain text_pattern_ops"), postgresql_where=text("domain is not null")),
    Index("accounts_username_prefix_idx", text("lower(username) text_pattern_ops")),
    *(
        Index(f"accounts_{name}_idx", name, postgresql_where=text(f"{name} is not null"))
        for name in ("avatar_id", "avatar_still_id", "header_id", "header_still_id")
    ),
)

account_stats = Table(
    "account_stats",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("followers_count", Integer, nullable=False, server_default="0"),
    Column("following_count", Integer, nullable=False, server_default="0"),
    Column("statuses_count", Integer, nullable=False, server_default="0"),
    Column("last_status_at", DateTime(timezone=True)),
    postgresql_with={"fillfactor": "70"},
)

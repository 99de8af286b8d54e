"""Tables of notifications."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from marula.base.db.schema import metadata

notifications = Table(
    "notifications",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("from_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE")),
    Column("cause", BigInteger, nullable=False),
    Column("group_key", Text),
    Column("filtered", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account_id", "kind", "cause"),
    Index("notifications_account_id_id_idx", "account_id", "id"),
    Index(
        "notifications_account_id_group_key_id_idx",
        "account_id",
        "group_key",
        "id",
        postgresql_where=text("group_key is not null"),
    ),
    Index("notifications_from_id_idx", "from_id"),
    Index("notifications_filtered_idx", "account_id", "from_id", "id", postgresql_where=text("filtered")),
    Index("notifications_post_id_idx", "post_id", postgresql_where=text("post_id is not null")),
)

notification_policies = Table(
    "notification_policies",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("for_not_following", SmallInteger, nullable=False),
    Column("for_not_followers", SmallInteger, nullable=False),
    Column("for_new_accounts", SmallInteger, nullable=False),
    Column("for_private_mentions", SmallInteger, nullable=False),
    Column("for_limited_accounts", SmallInteger, nullable=False),
    Column("for_bots", SmallInteger, nullable=False),
)

notification_permissions = Table(
    "notification_permissions",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("from_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("merged", Boolean, nullable=False),
    Index("notification_permissions_from_id_idx", "from_id"),
    Index("notification_permissions_account_id_idx", "account_id", postgresql_where=text("not merged")),
)

notification_requests = Table(
    "notification_requests",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("from_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("last_post_id", BigInteger, ForeignKey("posts.id", ondelete="SET NULL")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account_id", "from_id"),
    Index("notification_requests_account_id_id_idx", "account_id", "id"),
    Index("notification_requests_from_id_idx", "from_id"),
    Index("notification_requests_last_post_id_idx", "last_post_id", postgresql_where=text("last_post_id is not null")),
)

"""Tables of notifications."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Table, Text, UniqueConstraint, text

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
    Index("notifications_post_id_idx", "post_id", postgresql_where=text("post_id is not null")),
)

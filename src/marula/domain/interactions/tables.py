"""Tables of what people do with posts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from marula.base.db.schema import metadata


def _marks(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
        Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        UniqueConstraint("account_id", "post_id"),
        Index(f"{name}_account_id_id_idx", "account_id", "id"),
        Index(f"{name}_post_id_id_idx", "post_id", "id"),
    )


favourites = _marks("favourites")
favourites.append_column(Column("reacted", Boolean, nullable=False, server_default=text("false")))
bookmarks = _marks("bookmarks")
pins = _marks("pins")

post_reactions = Table(
    "post_reactions",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("domain", Text, nullable=False, server_default=""),
    Column("uri", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("post_id", "account_id", "name", "domain"),
    Index("post_reactions_account_id_idx", "account_id"),
)

post_votes = Table(
    "post_votes",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("voter", LargeBinary, primary_key=True),
)

thread_mutes = Table(
    "thread_mutes",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("thread_mutes_conversation_id_idx", "conversation_id"),
)

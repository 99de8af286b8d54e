"""Tables of posts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from marula.base.db.schema import metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

post_turns = Table(
    "post_turns",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=text("true")),
    Column("last_id", BigInteger, nullable=False),
    CheckConstraint("one", name="one"),
)
"""One row: the id of the post that came last."""

posts = Table(
    "posts",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("local", Boolean, nullable=False),
    Column("uri", Text),
    Column("url", Text),
    Column("text", Text, nullable=False, server_default=""),
    Column("html", Text, nullable=False, server_default=""),
    Column("spoiler_text", Text, nullable=False, server_default=""),
    Column("language", Text),
    Column("visibility", SmallInteger, nullable=False),
    Column("sensitive", Boolean, nullable=False, server_default=text("false")),
    Column("has_media", Boolean, nullable=False, server_default=text("false")),
    Column("in_reply_to_id", BigInteger, ForeignKey("posts.id", ondelete="SET NULL")),
    Column("in_reply_to_account_id", BigInteger, ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("answers_others", Boolean, nullable=False, server_default=text("false")),
    Column("answers_uri", Text),
    Column("approved_by", Text),
    Column("held_visibility", SmallInteger),
    Column("group_id", BigInteger, ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("reblog_of_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE")),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id", ondelete="SET NULL")),
    Column("app_id", BigInteger, ForeignKey("apps.id", ondelete="SET NULL")),
    Column("quote_automatic", SmallInteger, nullable=False, server_default="0"),
    Column("quote_manual", SmallInteger, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("edited_at", DateTime(timezone=True)),
    Index("posts_account_id_id_idx", "account_id", "id"),
    Index("posts_uri_idx", "uri", unique=True, postgresql_where=text("uri is not null")),
    Index("posts_in_reply_to_id_idx", "in_reply_to_id", postgresql_where=text("in_reply_to_id is not null")),
    Index(
        "posts_in_reply_to_account_id_idx",
        "in_reply_to_account_id",
        postgresql_where=text("in_reply_to_account_id is not null"),
    ),
    Index(
        "posts_reblog_of_id_account_id_idx",
        "reblog_of_id",
        "account_id",
        unique=True,
        postgresql_where=text("reblog_of_id is not null"),
    ),
    Index("posts_conversation_id_idx", "conversation_id", postgresql_where=text("conversation_id is not null")),
    Index("posts_url_idx", "url", postgresql_where=text("url is not null")),
    Index("posts_answers_uri_idx", "answers_uri", postgresql_where=text("answers_uri is not null")),
    Index("posts_group_id_idx", "group_id", postgresql_where=text("group_id is not null")),
    Index("posts_app_id_idx", "app_id", postgresql_where=text("app_id is not null")),
    Index(
        "posts_public_idx",
        "id",
        postgresql_where=text("visibility = 0 and reblog_of_id is null and not answers_others"),
    ),
    Index(
        "posts_public_local_idx",
        "id",
        postgresql_where=text("local and visibility = 0 and reblog_of_id is null and not answers_others"),
    ),
    Index(
        "posts_public_remote_idx",
        "id",
        postgresql_where=text("not local and visibility = 0 and reblog_of_id is null and not answers_others"),
    ),
    Index(
        "posts_public_media_idx",
        "id",
        postgresql_where=text("has_media and visibility = 0 and reblog_of_id is null and not answers_others"),
    ),
    Index("posts_account_id_media_idx", "account_id", "id", postgresql_where=text("has_media")),
    Index(
        "posts_public_language_idx",
        "language",
        "id",
        postgresql_where=text("visibility = 0 and reblog_of_id is null and not answers_others"),
    ),
)

post_permits = Table(
    "post_permits",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("deed", SmallInteger, primary_key=True),
    Column("automatic", ARRAY(Text), nullable=False),
    Column("manual", ARRAY(Text), nullable=False),
)

post_documents = Table(
    "post_documents",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("document", LargeBinary, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
)

post_stats = Table(
    "post_stats",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("replies_count", Integer, nullable=False, server_default="0"),
    Column("reblogs_count", Integer, nullable=False, server_default="0"),
    Column("favourites_count", Integer, nullable=False, server_default="0"),
    Column("quotes_count", Integer, nullable=False, server_default="0"),
    Column("reactions_count", Integer, nullable=False, server_default="0"),
    Column("replies_elsewhere", Integer),
    Column("reblogs_elsewhere", Integer),
    Column("favourites_elsewhere", Integer),
    postgresql_with={"fillfactor": "70"},
)

post_tombstones = Table(
    "post_tombstones",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account_id", BigInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("quoted_id", BigInteger, ForeignKey("posts.id", ondelete="SET NULL")),
    Column("quoted_account_id", BigInteger, ForeignKey("accounts.id", ondelete="SET NULL"), index=True),
    Column("state", SmallInteger, nullable=False),
    Column("stamp_uri", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("quotes_quoted_id_id_idx", "quoted_id", "id", postgresql_where=text("quoted_id is not null")),
)

post_edits = Table(
    "post_edits",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("spoiler_text", Text, nullable=False),
    Column("sensitive", Boolean, nullable=False),
    Column("poll_options", ARRAY(Text)),
    Column("media_ids", ARRAY(BigInteger), nullable=False, server_default=text("'{}'")),
    Column("media_descriptions", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("silent", Boolean, nullable=False, server_default=text("false")),
    Index("mentions_account_id_post_id_idx", "account_id", "post_id"),
)

post_tags = Table(
    "post_tags",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", BigInteger, ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
    Index("post_tags_tag_id_post_id_idx", "tag_id", "post_id"),
)

polls = Table(
    "polls",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("options", ARRAY(Text), nullable=False),
    Column("tallies", ARRAY(Integer), nullable=False),
    Column("voters_count", Integer, nullable=False, server_default="0"),
    Column("multiple", Boolean, nullable=False),
    Column("hide_totals", Boolean, nullable=False, server_default=text("false")),
    Column("expires_at", DateTime(timezone=True)),
    Column("closed_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

poll_votes = Table(
    "poll_votes",
    metadata,
    Column("poll_id", BigInteger, ForeignKey("polls.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("choice", SmallInteger, primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("poll_votes_account_id_idx", "account_id"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), index=True),
    Column("scheduled_id", BigInteger),
    Column("created_at", DateTime(timezone=True), nullable=False, index=True),
)

"""Tables of media."""

from sqlalchemy import BigInteger, Column, DateTime, Float, ForeignKey, Index, SmallInteger, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from marula.base.db.schema import metadata

media_attachments = Table(
    "media_attachments",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("account_id", BigInteger, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="SET NULL")),
    Column("scheduled_id", BigInteger, ForeignKey("scheduled_posts.id", ondelete="SET NULL")),
    Column("position", SmallInteger),
    Column("kind", SmallInteger, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("source_id", BigInteger, ForeignKey("blobs.id")),
    Column("original_id", BigInteger, ForeignKey("blobs.id")),
    Column("small_id", BigInteger, ForeignKey("blobs.id")),
    Column("remote_url", Text),
    Column("preview_remote_url", Text),
    Column("content_type", Text),
    Column("description", Text),
    Column("blurhash", Text),
    Column("meta", JSONB, nullable=False, server_default=text("'{}'")),
    Column("focus_x", Float),
    Column("focus_y", Float),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("loose_since", DateTime(timezone=True)),
    Column("fetching_since", DateTime(timezone=True)),
    Column("fetch_after", DateTime(timezone=True)),
    Column("fetch_attempts", SmallInteger, nullable=False, server_default="0"),
    Index("media_attachments_account_id_id_idx", "account_id", "id"),
    Index(
        "media_attachments_post_id_position_idx",
        "post_id",
        "position",
        postgresql_where=text("post_id is not null"),
    ),
    Index(
        "media_attachments_scheduled_id_idx",
        "scheduled_id",
        postgresql_where=text("scheduled_id is not null"),
    ),
    Index(
        "media_attachments_source_id_idx",
        "source_id",
        postgresql_where=text("source_id is not null"),
    ),
    Index(
        "media_attachments_original_id_idx",
        "original_id",
        postgresql_where=text("original_id is not null"),
    ),
    Index(
        "media_attachments_small_id_idx",
        "small_id",
        postgresql_where=text("small_id is not null"),
    ),
    Index(
        "media_attachments_loose_idx",
        text("coalesce(loose_since, created_at)"),
        postgresql_where=text("post_id is null and scheduled_id is null"),
    ),
)
"""`position`: the place in the post; null for a file that an edit took out of it and that its history still shows.

`source_id`: an upload as it came, until it is processed. `original_id`, `small_id`: what was made of it, and is served.

`fetching_since`: a process fetches it from its server. `fetch_after`: before this it is not tried again.
Where it is to be had is part of what a post shows: a trigger makes a new version of the post when that changes.
"""

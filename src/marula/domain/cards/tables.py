"""Tables of cards."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, SmallInteger, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from marula.base.db.schema import metadata

links = Table(
    "links",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("url", Text, nullable=False, unique=True),
    Column("card", JSONB),
    Column("image_id", BigInteger, ForeignKey("blobs.id")),
    Column("creator_id", BigInteger, ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("domains", ARRAY(Text), nullable=False, server_default="{}"),
    Column("fetched_at", DateTime(timezone=True)),
    Column("claimed_until", DateTime(timezone=True)),
    Column("retry_at", DateTime(timezone=True)),
    Column("failures", SmallInteger, nullable=False, server_default="0"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("links_image_id_idx", "image_id", postgresql_where=text("image_id is not null")),
    Index("links_creator_id_idx", "creator_id", postgresql_where=text("creator_id is not null")),
)
"""`creator_id`: whom the page names as its author. `domains`: its domain and those above: the account must let one of
them name it."""

post_cards = Table(
    "post_cards",
    metadata,
    Column("post_id", BigInteger, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("link_id", BigInteger, ForeignKey("links.id", ondelete="CASCADE"), nullable=False),
    Column("offered", JSONB),
    Index("post_cards_link_id_post_id_idx", "link_id", "post_id"),
)
"""`offered`: what the server of the post says of the page. It is shown with this post only, until we know ourselves."""

card_hosts = Table(
    "card_hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("next_at", DateTime(timezone=True), nullable=False),
    Index("card_hosts_next_at_idx", "next_at"),
)
"""When each host is asked for a page next, by whichever process."""

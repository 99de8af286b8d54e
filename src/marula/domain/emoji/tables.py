"""Tables of custom emoji."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Index, Table, Text, text

from marula.base.db.schema import metadata

custom_emojis = Table(
    "custom_emojis",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("shortcode", Text, nullable=False),
    Column("domain", Text),
    Column("url", Text, nullable=False),
    Column("static_url", Text, nullable=False),
    Column("category", Text),
    Column("visible_in_picker", Boolean, nullable=False, server_default=text("true")),
    Column("disabled", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("custom_emojis_shortcode_idx", "shortcode", text("coalesce(domain, '')"), unique=True),
)

"""Tables of custom emoji."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, DateTime, ForeignKey, Index, Table, Text, text

from marula.base.db.schema import metadata

custom_emojis = Table(
    "custom_emojis",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("shortcode", Text, nullable=False),
    Column("domain", Text),
    Column("url", Text),
    Column("static_url", Text),
    Column("original_id", BigInteger, ForeignKey("blobs.id")),
    Column("static_id", BigInteger, ForeignKey("blobs.id")),
    Column("category", Text),
    Column("visible_in_picker", Boolean, nullable=False, server_default=text("true")),
    Column("disabled", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True)),
    Column("again_at", DateTime(timezone=True)),
    CheckConstraint("original_id is not null or url is not null", name="picture"),
    Index("custom_emojis_shortcode_idx", "shortcode", text("coalesce(domain, '')"), unique=True),
    Index("custom_emojis_original_id_idx", "original_id", postgresql_where=text("original_id is not null")),
    Index("custom_emojis_static_id_idx", "static_id", postgresql_where=text("static_id is not null")),
)
"""`url`, `static_url`: where another server has the picture. `original_id`, `static_id`: what is kept here."""

"""Tables of boundaries."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Table, Text, text

from marula.base.db.schema import metadata

domain_blocks = Table(
    "domain_blocks",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("domain", Text, nullable=False, unique=True),
    Column("severity", Text, nullable=False),
    Column("reject_media", Boolean, nullable=False, server_default=text("false")),
    Column("reject_reports", Boolean, nullable=False, server_default=text("false")),
    Column("public_comment", Text, nullable=False, server_default=""),
    Column("private_comment", Text, nullable=False, server_default=""),
    Column("obfuscate", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

domain_allows = Table(
    "domain_allows",
    metadata,
    Column("id", BigInteger, primary_key=True, server_default=text("marula_id()")),
    Column("domain", Text, nullable=False, unique=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

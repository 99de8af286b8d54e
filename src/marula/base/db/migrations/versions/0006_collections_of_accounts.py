"""Collections of accounts, and who is in them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("tag_id", sa.BigInteger(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("discoverable", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("collections_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("collections_tag_id_fkey"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("collections_pkey")),
    )
    op.create_index("collections_account_id_id_idx", "collections", ["account_id", "id"], unique=False)
    op.create_index(
        "collections_tag_id_idx",
        "collections",
        ["tag_id"],
        unique=False,
        postgresql_where=sa.text("tag_id is not null"),
    )
    op.create_index(
        "collections_uri_idx", "collections", ["uri"], unique=True, postgresql_where=sa.text("uri is not null")
    )
    op.create_table(
        "collection_items",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("collection_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("collection_items_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name=op.f("collection_items_collection_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("collection_items_pkey")),
        sa.UniqueConstraint("collection_id", "account_id", name=op.f("collection_items_collection_id_account_id_key")),
    )
    op.create_index("collection_items_account_id_id_idx", "collection_items", ["account_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("collection_items_account_id_id_idx", table_name="collection_items")
    op.drop_table("collection_items")
    op.drop_index("collections_uri_idx", table_name="collections", postgresql_where=sa.text("uri is not null"))
    op.drop_index("collections_tag_id_idx", table_name="collections", postgresql_where=sa.text("tag_id is not null"))
    op.drop_index("collections_account_id_id_idx", table_name="collections")
    op.drop_table("collections")

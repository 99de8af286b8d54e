"""Files of posts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044"
down_revision = "0043"


BLOBS = ("source_id", "original_id", "small_id")

LOOSEN = """
create trigger media_attachments_loosen after delete or update of source_id, original_id, small_id
on media_attachments for each row execute function loosen_blobs('source_id', 'original_id', 'small_id')
"""


def upgrade() -> None:
    op.create_table(
        "media_attachments",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("scheduled_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=True),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=True),
        sa.Column("original_id", sa.BigInteger(), nullable=True),
        sa.Column("small_id", sa.BigInteger(), nullable=True),
        sa.Column("remote_url", sa.Text(), nullable=True),
        sa.Column("preview_remote_url", sa.Text(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("blurhash", sa.Text(), nullable=True),
        sa.Column("meta", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("focus_x", sa.Float(), nullable=True),
        sa.Column("focus_y", sa.Float(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loose_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("media_attachments_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("media_attachments_post_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["scheduled_id"],
            ["scheduled_posts.id"],
            name=op.f("media_attachments_scheduled_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["source_id"], ["blobs.id"], name=op.f("media_attachments_source_id_fkey")),
        sa.ForeignKeyConstraint(["original_id"], ["blobs.id"], name=op.f("media_attachments_original_id_fkey")),
        sa.ForeignKeyConstraint(["small_id"], ["blobs.id"], name=op.f("media_attachments_small_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("media_attachments_pkey")),
    )
    op.create_index("media_attachments_account_id_id_idx", "media_attachments", ["account_id", "id"], unique=False)
    op.create_index(
        "media_attachments_loose_idx",
        "media_attachments",
        [sa.literal_column("coalesce(loose_since, created_at)")],
        unique=False,
        postgresql_where=sa.text("post_id is null and scheduled_id is null"),
    )
    op.create_index(
        "media_attachments_post_id_position_idx",
        "media_attachments",
        ["post_id", "position"],
        unique=False,
        postgresql_where=sa.text("post_id is not null"),
    )
    op.create_index(
        "media_attachments_scheduled_id_idx",
        "media_attachments",
        ["scheduled_id"],
        unique=False,
        postgresql_where=sa.text("scheduled_id is not null"),
    )
    for name in BLOBS:
        op.create_index(
            f"media_attachments_{name}_idx",
            "media_attachments",
            [name],
            unique=False,
            postgresql_where=sa.text(f"{name} is not null"),
        )
    op.execute(LOOSEN)
    op.add_column(
        "post_edits",
        sa.Column("media_ids", postgresql.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column(
        "post_edits",
        sa.Column("media_descriptions", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("posts", sa.Column("has_media", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(
        "posts_account_id_media_idx", "posts", ["account_id", "id"], unique=False, postgresql_where=sa.text("has_media")
    )
    op.create_index(
        "posts_public_media_idx",
        "posts",
        ["id"],
        unique=False,
        postgresql_where=sa.text("has_media and visibility = 0 and reblog_of_id is null and not answers_others"),
    )


def downgrade() -> None:
    op.drop_index(
        "posts_public_media_idx",
        table_name="posts",
        postgresql_where=sa.text("has_media and visibility = 0 and reblog_of_id is null and not answers_others"),
    )
    op.drop_index("posts_account_id_media_idx", table_name="posts", postgresql_where=sa.text("has_media"))
    op.drop_column("posts", "has_media")
    op.drop_column("post_edits", "media_descriptions")
    op.drop_column("post_edits", "media_ids")
    for name in BLOBS:
        op.drop_index(f"media_attachments_{name}_idx", table_name="media_attachments")
    op.drop_index(
        "media_attachments_scheduled_id_idx",
        table_name="media_attachments",
        postgresql_where=sa.text("scheduled_id is not null"),
    )
    op.drop_index(
        "media_attachments_post_id_position_idx",
        table_name="media_attachments",
        postgresql_where=sa.text("post_id is not null"),
    )
    op.drop_index(
        "media_attachments_loose_idx",
        table_name="media_attachments",
        postgresql_where=sa.text("post_id is null and scheduled_id is null"),
    )
    op.drop_index("media_attachments_account_id_id_idx", table_name="media_attachments")
    op.drop_table("media_attachments")

"""Posts of other servers."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.create_table(
        "post_documents",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("post_documents_post_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("post_documents_pkey")),
    )
    op.create_index("accounts_url_idx", "accounts", ["url"], unique=False, postgresql_where=sa.text("url is not null"))
    op.add_column("posts", sa.Column("answers_uri", sa.Text(), nullable=True))
    op.create_index(
        "posts_answers_uri_idx",
        "posts",
        ["answers_uri"],
        unique=False,
        postgresql_where=sa.text("answers_uri is not null"),
    )
    op.create_index("posts_url_idx", "posts", ["url"], unique=False, postgresql_where=sa.text("url is not null"))


def downgrade() -> None:
    op.drop_index("posts_url_idx", table_name="posts", postgresql_where=sa.text("url is not null"))
    op.drop_index("posts_answers_uri_idx", table_name="posts", postgresql_where=sa.text("answers_uri is not null"))
    op.drop_column("posts", "answers_uri")
    op.drop_index("accounts_url_idx", table_name="accounts", postgresql_where=sa.text("url is not null"))
    op.drop_table("post_documents")

"""Links in posts, and the hashtags, links and posts that trend."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("card", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("links_pkey")),
        sa.UniqueConstraint("url", name=op.f("links_url_key")),
    )
    op.create_table(
        "post_links",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("post_links_link_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("post_links_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "link_id", name=op.f("post_links_pkey")),
    )
    op.create_index("post_links_link_id_post_id_idx", "post_links", ["link_id", "post_id"])
    for name, of in (("trending_tags", "tags"), ("trending_links", "links"), ("trending_posts", "posts")):
        op.create_table(
            name,
            sa.Column("id", sa.BigInteger(), nullable=False),
            sa.Column("score", sa.Double(), nullable=False),
            sa.Column("trendable", sa.Boolean(), nullable=True),
            sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("review_wanted_at", sa.DateTime(timezone=True), nullable=True),
            *([] if of == "posts" else _peak()),
            sa.ForeignKeyConstraint(["id"], [f"{of}.id"], name=op.f(f"{name}_id_fkey"), ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("id", name=op.f(f"{name}_pkey")),
        )
        op.create_index(f"{name}_score_idx", name, [sa.text("score desc")], postgresql_where=sa.text("score > 0"))


def _peak() -> list[sa.Column[Any]]:
    return [
        sa.Column("peak", sa.Double(), server_default="0", nullable=False),
        sa.Column("peak_at", sa.DateTime(timezone=True), nullable=True),
    ]


def downgrade() -> None:
    for name in ("trending_posts", "trending_links", "trending_tags", "post_links", "links"):
        op.drop_table(name)

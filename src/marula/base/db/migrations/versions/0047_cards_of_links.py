"""Cards of links."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047"
down_revision = "0046"

LOOSEN = """
create trigger links_loosen after delete or update of image_id
on links for each row execute function loosen_blobs('image_id')
"""


def upgrade() -> None:
    op.create_table(
        "card_hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("card_hosts_pkey")),
    )
    op.create_index("card_hosts_next_at_idx", "card_hosts", ["next_at"], unique=False)
    op.create_table(
        "post_cards",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("offered", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("post_cards_link_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("post_cards_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", name=op.f("post_cards_pkey")),
    )
    op.create_index("post_cards_link_id_post_id_idx", "post_cards", ["link_id", "post_id"], unique=False)
    op.add_column("links", sa.Column("image_id", sa.BigInteger(), nullable=True))
    op.add_column("links", sa.Column("creator_id", sa.BigInteger(), nullable=True))
    op.add_column("links", sa.Column("domains", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("links", sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("links", sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("links", sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("links", sa.Column("failures", sa.SmallInteger(), server_default="0", nullable=False))
    op.create_index(
        "links_creator_id_idx",
        "links",
        ["creator_id"],
        unique=False,
        postgresql_where=sa.text("creator_id is not null"),
    )
    op.create_index(
        "links_image_id_idx", "links", ["image_id"], unique=False, postgresql_where=sa.text("image_id is not null")
    )
    op.create_foreign_key(
        op.f("links_creator_id_fkey"), "links", "accounts", ["creator_id"], ["id"], ondelete="SET NULL"
    )
    op.create_foreign_key(op.f("links_image_id_fkey"), "links", "blobs", ["image_id"], ["id"])
    op.execute(LOOSEN)


def downgrade() -> None:
    op.execute("drop trigger links_loosen on links")
    op.drop_constraint(op.f("links_image_id_fkey"), "links", type_="foreignkey")
    op.drop_constraint(op.f("links_creator_id_fkey"), "links", type_="foreignkey")
    op.drop_index("links_image_id_idx", table_name="links", postgresql_where=sa.text("image_id is not null"))
    op.drop_index("links_creator_id_idx", table_name="links", postgresql_where=sa.text("creator_id is not null"))
    op.drop_column("links", "failures")
    op.drop_column("links", "retry_at")
    op.drop_column("links", "claimed_until")
    op.drop_column("links", "fetched_at")
    op.drop_column("links", "domains")
    op.drop_column("links", "creator_id")
    op.drop_column("links", "image_id")
    op.drop_index("post_cards_link_id_post_id_idx", table_name="post_cards")
    op.drop_table("post_cards")
    op.drop_index("card_hosts_next_at_idx", table_name="card_hosts")
    op.drop_table("card_hosts")

"""Groups that posts are written in."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.create_table(
        "post_votes",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("voter", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("post_votes_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "voter", name=op.f("post_votes_pkey")),
    )
    op.add_column("posts", sa.Column("group_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "posts_group_id_idx", "posts", ["group_id"], unique=False, postgresql_where=sa.text("group_id is not null")
    )
    op.create_foreign_key(op.f("posts_group_id_fkey"), "posts", "accounts", ["group_id"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    op.drop_constraint(op.f("posts_group_id_fkey"), "posts", type_="foreignkey")
    op.drop_index("posts_group_id_idx", table_name="posts", postgresql_where=sa.text("group_id is not null"))
    op.drop_column("posts", "group_id")
    op.drop_table("post_votes")

"""What authors elsewhere permit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    op.create_table(
        "post_permits",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.SmallInteger(), nullable=False),
        sa.Column("automatic", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("manual", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("post_permits_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "deed", name=op.f("post_permits_pkey")),
    )
    op.add_column("posts", sa.Column("approved_by", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("posts", "approved_by")
    op.drop_table("post_permits")

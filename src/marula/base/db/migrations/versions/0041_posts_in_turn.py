"""Posts in turn."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.create_table(
        "post_turns",
        sa.Column("one", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("one", name=op.f("post_turns_one_check")),
        sa.PrimaryKeyConstraint("one", name=op.f("post_turns_pkey")),
    )
    op.execute("insert into post_turns (last_id) select coalesce(max(id), 0) from posts")
    op.execute("update jobs set lane = 'fan_out' where name = 'timelines.fan_out'")
    op.create_index(
        "jobs_in_turn_idx",
        "jobs",
        ["lane", "id"],
        unique=False,
        postgresql_where=sa.text("dead_at is null and leased_by is null and lane in ('fan_out', 'notify')"),
    )


def downgrade() -> None:
    op.drop_index("jobs_in_turn_idx", table_name="jobs")
    op.execute("update jobs set lane = 'feeds' where lane = 'fan_out'")
    op.drop_table("post_turns")

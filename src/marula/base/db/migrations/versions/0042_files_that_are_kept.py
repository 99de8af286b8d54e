"""Files that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

LOOSEN = """
create function loosen_blobs() returns trigger language plpgsql as $$
declare
    named text;
    was bigint;
begin
    foreach named in array tg_argv loop
        was := (to_jsonb(old) ->> named)::bigint;
        if was is not null and (tg_op = 'DELETE' or was is distinct from (to_jsonb(new) ->> named)::bigint) then
            update blobs set loose_at = '-infinity' where id = was and loose_at is null;
        end if;
    end loop;
    return null;
end
$$
"""


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("purpose", sa.SmallInteger(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("loose_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("blobs_pkey")),
    )
    op.create_index(
        "blobs_digest_idx",
        "blobs",
        ["digest", "purpose", "remote"],
        unique=True,
        postgresql_where=sa.text("state < 2"),
    )
    op.create_index("blobs_key_idx", "blobs", ["key"], unique=True)
    op.create_index("blobs_leaving_idx", "blobs", ["id"], unique=False, postgresql_where=sa.text("state = 2"))
    op.create_index(
        "blobs_loose_at_idx",
        "blobs",
        ["loose_at"],
        unique=False,
        postgresql_where=sa.text("loose_at is not null and state < 2"),
    )
    op.create_table(
        "storage_totals",
        sa.Column("purpose", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("files", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", "remote", name=op.f("storage_totals_pkey")),
    )
    op.execute(LOOSEN)


def downgrade() -> None:
    op.execute("drop function loosen_blobs()")
    op.drop_table("storage_totals")
    op.drop_table("blobs")

"""Fetched files."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"

RENEW = """
create function renew_posts_of_media() returns trigger language plpgsql as $$
begin
    update posts set version = version + 1 where id = new.post_id;
    return null;
end
$$
"""

TRIGGER = """
create trigger media_attachments_renew after update of state, original_id, small_id on media_attachments
for each row when (
    new.post_id is not null and old.post_id = new.post_id and new.position is not null
    and (old.state, old.original_id, old.small_id) is distinct from (new.state, new.original_id, new.small_id)
) execute function renew_posts_of_media()
"""


def upgrade() -> None:
    op.add_column("media_attachments", sa.Column("fetching_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("media_attachments", sa.Column("fetch_after", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "media_attachments", sa.Column("fetch_attempts", sa.SmallInteger(), server_default="0", nullable=False)
    )
    op.execute(RENEW)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("drop trigger media_attachments_renew on media_attachments")
    op.execute("drop function renew_posts_of_media()")
    op.drop_column("media_attachments", "fetch_attempts")
    op.drop_column("media_attachments", "fetch_after")
    op.drop_column("media_attachments", "fetching_since")

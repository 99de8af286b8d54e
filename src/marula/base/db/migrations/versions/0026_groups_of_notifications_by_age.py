"""The newest of a group of notifications are found at once."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.execute("drop index notifications_account_id_group_key_idx")
    op.execute(
        "create index notifications_account_id_group_key_id_idx on notifications (account_id, group_key, id)"
        " where group_key is not null"
    )


def downgrade() -> None:
    op.execute("drop index notifications_account_id_group_key_id_idx")
    op.execute(
        "create index notifications_account_id_group_key_idx on notifications (account_id, group_key)"
        " where group_key is not null"
    )

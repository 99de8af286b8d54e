"""The words of the names of people, in the place of the beginnings of display names."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "search_names",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("search_names_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "word", name=op.f("search_names_pkey")),
    )
    op.create_index("search_names_word_idx", "search_names", [sa.text("word text_pattern_ops")])
    op.drop_index("accounts_display_name_prefix_idx", table_name="accounts")
    op.execute(
        "insert into jobs (lane, name, arguments, run_at) "
        "select 'upkeep', 'discovery.index_everybody', '[9223372036854775807]', now() "
        "where exists (select from accounts)"
    )


def downgrade() -> None:
    op.execute("delete from jobs where name = 'discovery.index_everybody'")
    op.create_index("accounts_display_name_prefix_idx", "accounts", [sa.text("lower(display_name) text_pattern_ops")])
    op.drop_table("search_names")

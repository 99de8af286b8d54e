"""Pictures of profiles."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

BLOBS = ("avatar_id", "avatar_still_id", "header_id", "header_still_id")

LOOSEN = f"""
create trigger accounts_loosen after delete or update of {", ".join(BLOBS)}
on accounts for each row execute function loosen_blobs({", ".join(f"'{name}'" for name in BLOBS)})
"""


def upgrade() -> None:
    for name in BLOBS:
        op.add_column("accounts", sa.Column(name, sa.BigInteger(), nullable=True))
        op.create_foreign_key(op.f(f"accounts_{name}_fkey"), "accounts", "blobs", [name], ["id"])
        op.create_index(
            f"accounts_{name}_idx", "accounts", [name], unique=False, postgresql_where=sa.text(f"{name} is not null")
        )
    op.execute(LOOSEN)


def downgrade() -> None:
    op.execute("drop trigger accounts_loosen on accounts")
    for name in reversed(BLOBS):
        op.drop_index(f"accounts_{name}_idx", table_name="accounts")
        op.drop_constraint(op.f(f"accounts_{name}_fkey"), "accounts", type_="foreignkey")
        op.drop_column("accounts", name)

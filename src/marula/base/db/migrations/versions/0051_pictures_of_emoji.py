"""Pictures of emoji."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"

BLOBS = ("original_id", "static_id")

LOOSEN = """
create trigger custom_emojis_loosen after delete or update of original_id, static_id
on custom_emojis for each row execute function loosen_blobs('original_id', 'static_id')
"""


def upgrade() -> None:
    op.alter_column("custom_emojis", "url", existing_type=sa.TEXT(), nullable=True)
    op.alter_column("custom_emojis", "static_url", existing_type=sa.TEXT(), nullable=True)
    op.add_column("custom_emojis", sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
    for name in BLOBS:
        op.add_column("custom_emojis", sa.Column(name, sa.BigInteger(), nullable=True))
        op.create_foreign_key(op.f(f"custom_emojis_{name}_fkey"), "custom_emojis", "blobs", [name], ["id"])
        op.create_index(
            f"custom_emojis_{name}_idx",
            "custom_emojis",
            [name],
            unique=False,
            postgresql_where=sa.text(f"{name} is not null"),
        )
    op.create_check_constraint(
        op.f("custom_emojis_picture_check"), "custom_emojis", "original_id is not null or url is not null"
    )
    op.execute(LOOSEN)


def downgrade() -> None:
    op.execute("drop trigger custom_emojis_loosen on custom_emojis")
    op.drop_constraint(op.f("custom_emojis_picture_check"), "custom_emojis", type_="check")
    op.execute("delete from custom_emojis where url is null or static_url is null")
    for name in reversed(BLOBS):
        op.drop_index(f"custom_emojis_{name}_idx", table_name="custom_emojis")
        op.drop_constraint(op.f(f"custom_emojis_{name}_fkey"), "custom_emojis", type_="foreignkey")
        op.drop_column("custom_emojis", name)
    op.drop_column("custom_emojis", "updated_at")
    op.alter_column("custom_emojis", "static_url", existing_type=sa.TEXT(), nullable=False)
    op.alter_column("custom_emojis", "url", existing_type=sa.TEXT(), nullable=False)

"""Which emoji people of this server may use."""

from marula.domain import emoji
from tests.world import World


async def test_ours_that_are_not_disabled_are_known_by_shortcode(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        for shortcode, domain, disabled in (("leaf", None, False), ("old", None, True), ("far", "b.example", False)):
            await tx.run(
                """
                insert into custom_emojis (shortcode, domain, disabled, url, static_url, created_at)
                values ($1, $2, $3, 'u', 's', $4)
                """,
                shortcode,
                domain,
                disabled,
                tx.now,
            )
    assert list(await emoji.all_local(world.ctx)) == ["leaf"]

"""Who fetches a link, and what happens when they do not come back."""

from datetime import timedelta
from pathlib import Path

import msgspec

from marula.base.kernel.ids import LinkId
from marula.domain import cards, storage
from marula.domain.cards import Card, actions, rules, store
from marula.domain.storage import Purpose
from tests.world import World


async def link(world: World, url: str = "https://news.example/a") -> LinkId:
    async with world.ctx.db.transaction() as tx:
        await cards.know(tx, [url])
        found = await cards.by_url(tx, url)
    assert found is not None
    return found.id


async def claim(world: World, one: LinkId, *, in_turn: bool = False) -> actions.Claim:
    async with world.ctx.db.transaction() as tx:
        return await actions.claim(tx, one, in_turn=in_turn)


async def test_one_process_fetches_a_link_at_a_time(world: World) -> None:
    one = await link(world)
    assert (await claim(world, one)).url == "https://news.example/a"
    second = await claim(world, one)
    assert (second.url, second.again_at) == (None, world.clock.now() + actions.CLAIMED)


async def test_a_claim_ends_when_who_made_it_died(world: World) -> None:
    one = await link(world)
    await claim(world, one)
    world.clock.advance(actions.CLAIMED)
    assert (await claim(world, one)).url is not None


async def test_what_is_known_is_not_claimed_before_it_is_old(world: World) -> None:
    one = await link(world)
    await claim(world, one)
    async with world.ctx.db.transaction() as tx:
        known = await store.by_id(tx, one)
        assert known is not None
        assert await actions.describe(tx, known, Card(title="A"))
    assert await claim(world, one) == actions.Claim()
    world.clock.advance(rules.STALE)
    assert (await claim(world, one)).url is not None


async def test_pages_of_one_host_are_fetched_one_after_the_other(world: World) -> None:
    first, second, third = [await link(world, f"https://news.example/{path}") for path in "abc"]
    other = await link(world, "https://other.example/")
    assert (await claim(world, first)).url
    now = world.clock.now()
    assert (await claim(world, second)).again_at == now + actions.GAP
    assert (await claim(world, third)).again_at == now + 2 * actions.GAP
    assert (await claim(world, other)).url
    assert (await claim(world, second, in_turn=True)).url


async def test_the_same_again_is_no_news(world: World) -> None:
    one = await link(world)
    for expected in (True, False):
        async with world.ctx.db.transaction() as tx:
            known = await store.by_id(tx, one)
            assert known is not None
            assert await actions.describe(tx, known, Card(title="A", width=3)) is expected
    assert len(await world.facts("LinkDescribed")) == 1


async def test_a_picture_that_is_not_shown_any_more_leaves_storage(world: World, tmp_path: Path) -> None:
    one = await link(world)
    source = tmp_path / "picture"
    source.write_bytes(b"picture")
    blob = await storage.bring(world.ctx, source, purpose=Purpose.PREVIEW, content_type="image/jpeg", remote=True)
    for image in (blob.id, None):
        async with world.ctx.db.transaction() as tx:
            known = await store.by_id(tx, one)
            assert known is not None
            await actions.describe(tx, known, Card(title="A"), image=image)
        await storage.reactions.sweep(world.ctx)
        assert len(await world.rows("select from blobs")) == (image is not None)


async def test_a_picture_that_cannot_be_had_this_time_stays(world: World, tmp_path: Path) -> None:
    one = await link(world)
    source = tmp_path / "picture"
    source.write_bytes(b"picture")
    blob = await storage.bring(world.ctx, source, purpose=Purpose.PREVIEW, content_type="image/jpeg", remote=True)
    had = Card(title="A", image="https://news.example/i.png", blurhash="x", width=4, height=3)
    async with world.ctx.db.transaction() as tx:
        known = await store.by_id(tx, one)
        assert known is not None
        await actions.describe(tx, known, had, image=blob.id)
        await actions.describe(tx, known, Card(title="B", image=had.image))
        assert await store.shown(tx, one) == (msgspec.structs.replace(had, title="B"), blob.id)
        await actions.describe(tx, known, Card(title="B", image="https://news.example/other.png"))
        assert (await store.shown(tx, one))[1] is None


async def test_failures_are_counted_and_forgotten(world: World) -> None:
    one = await link(world)
    for count in range(1, 6):
        async with world.ctx.db.transaction() as tx:
            retry = await actions.fail(tx, one)
        assert (retry is not None) is (count <= rules.RETRIES)
        assert await claim(world, one) == actions.Claim()
    async with world.ctx.db.transaction() as tx:
        known = await store.by_id(tx, one)
        assert known is not None
        assert known.retry_at == world.clock.now() + rules.pause(5)
        await actions.describe(tx, known, None)
        after = await store.by_id(tx, one)
    assert after is not None
    assert (after.failures, after.retry_at, after.described) == (0, None, False)


async def test_a_link_that_is_gone_is_nobodys(world: World) -> None:
    one = await link(world)
    async with world.ctx.db.transaction() as tx:
        await cards.forget(tx, [one])
        assert await actions.fail(tx, one) is None
    assert await claim(world, one) == actions.Claim()
    world.clock.advance(timedelta(days=1))

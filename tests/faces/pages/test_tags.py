"""The pages of hashtags."""

from collections.abc import AsyncIterator

import pytest

from marula.domain import site
from tests.faces.pages.browser import Browser, browsing, member
from tests.faces.pages.test_looking import write
from tests.world import World


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Browser]:
    async with browsing(world) as made:
        yield made


async def test_everybody_sees_the_public_posts_with_a_hashtag(world: World, visitor: Browser) -> None:
    ann, ben = await member(world), await member(world, "ben")
    await write(world, ann, "green #Tea")
    await write(world, ben, "black #tea")
    await write(world, ben, "only #coffee")
    for path in ("/tags/tea", "/tags/TEA"):
        shown = await visitor.get(path)
        assert shown.status_code == 200
        assert "green" in shown.text
        assert "black" in shown.text
        assert "only" not in shown.text
        assert '<h1 dir="auto">#Tea</h1>' in shown.text
        assert 'rel="canonical" href="https://marula.example/tags/tea"' in shown.text


async def test_a_person_may_be_meant(world: World, visitor: Browser) -> None:
    ann, ben = await member(world), await member(world, "ben")
    await write(world, ann, "green #tea")
    await write(world, ben, "black #tea")
    shown = await visitor.get("/@ben/tagged/tea")
    assert "black" in shown.text
    assert "green" not in shown.text
    assert (await visitor.get("/@nobody/tagged/tea")).status_code == 404


async def test_there_are_older_pages(world: World, visitor: Browser) -> None:
    ann = await member(world)
    made = [await write(world, ann, f"number {number:03} #tea") for number in range(21)]
    assert "number 000" not in (await visitor.get("/tags/tea")).text
    older = (await visitor.get(f"/tags/tea?max_id={made[1]}")).text
    assert "number 000" in older
    assert "number 001" not in older


async def test_a_hashtag_that_nobody_uses_has_an_empty_page_and_what_is_none_has_no_page(visitor: Browser) -> None:
    assert "Nothing public has this hashtag yet" in (await visitor.get("/tags/nobodyusesit")).text
    for path in ("/tags/1234", "/tags/a-b", "/tags/%3Cb%3E", "/tags/" + "x" * 600):
        assert (await visitor.get(path)).status_code == 404


async def test_the_owner_decides_who_sees_it(world: World, visitor: Browser) -> None:
    ann = await member(world)
    await write(world, ann, "green #tea")
    async with world.ctx.db.transaction() as tx:
        await site.change(tx, "local_topic_feed_access", "authenticated")
        await site.change(tx, "remote_topic_feed_access", "disabled")
    closed = await visitor.get("/tags/tea")
    assert closed.status_code == 403
    assert "green" not in closed.text

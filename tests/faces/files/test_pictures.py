"""Avatars, headers and emoji of other servers: fetched when somebody looks, kept here, and never what is not wanted."""

import asyncio
import sys
from datetime import timedelta
from typing import Any

import httpx
import pytest

from marula.base.kernel.ids import AccountId
from marula.domain import accounts, boundaries, emoji, site, storage
from marula.domain.accounts import ProfileDraft
from marula.domain.boundaries import BlockDraft
from tests.base.imaging.samples import encoded, moving, scene
from tests.domain.relationships.people import stranger
from tests.faces.api.caller import Crowd

HERE = "https://marula.example"
PICTURE = "https://far.example/a.gif"
MISSING = f"{HERE}/avatars/original/missing.png"


def serve(crowd: Crowd, url: str = PICTURE, data: bytes | None = None, status: int = 200) -> None:
    """Let the other server give a picture."""
    given = moving("GIF") if data is None else data
    crowd.world.internet.server("far.example").serve(url, given, kind="image/gif", status=status)


def asked(crowd: Crowd, url: str = PICTURE) -> int:
    """How often a picture was fetched."""
    return len([one for one in crowd.world.internet.requests if one.url == url])


async def somebody(crowd: Crowd, url: str = PICTURE) -> AccountId:
    """Somebody of another server with an avatar."""
    bob = await stranger(crowd.world, "bob")
    await change(crowd, bob, ProfileDraft(avatar_remote_url=url))
    return bob


async def change(crowd: Crowd, who: AccountId, draft: ProfileDraft) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, who)
        assert account is not None
        await accounts.revise_profile(tx, account, draft)


async def shown(crowd: Crowd, who: AccountId) -> dict[str, Any]:
    return await crowd.nobody.get(f"/api/v1/accounts/{who}")


async def look(crowd: Crowd, url: str, *, expect: int = 302) -> httpx.Response:
    assert url.startswith(HERE)
    return await crowd.nobody.call("GET", url.removeprefix(HERE), expect=expect, follow_redirects=False)


async def test_an_avatar_is_fetched_when_somebody_looks_and_shown_from_here_then(crowd: Crowd) -> None:
    serve(crowd)
    bob = await somebody(crowd)
    before = await shown(crowd, bob)
    assert before["avatar"].startswith(f"{HERE}/media/people/{bob}/")
    assert asked(crowd) == 0
    led = (await look(crowd, before["avatar"])).headers["location"]
    still = (await look(crowd, before["avatar_static"])).headers["location"]
    assert (led[-4:], still[-4:]) == (".gif", ".png")
    after = await shown(crowd, bob)
    assert (after["avatar"], after["avatar_static"]) == (led, still)
    assert asked(crowd) == 1
    [blob] = await crowd.world.rows("select bool_and(remote) as remote, count(*) as files from blobs where state = 1")
    assert (blob["remote"], blob["files"]) == (True, 2)


async def test_those_who_look_at_the_same_time_share_one_fetch(crowd: Crowd) -> None:
    serve(crowd)
    url = (await shown(crowd, await somebody(crowd)))["avatar"]
    led = await asyncio.gather(*(look(crowd, url) for _ in range(5)))
    assert len({one.headers["location"] for one in led}) == 1
    assert asked(crowd) == 1


async def test_a_changed_avatar_is_fetched_anew_and_the_old_copy_goes(crowd: Crowd) -> None:
    serve(crowd)
    bob = await somebody(crowd)
    old = (await shown(crowd, bob))["avatar"]
    await look(crowd, old)
    serve(crowd, "https://far.example/b.png", encoded(scene(100, 100), "PNG"))
    await change(crowd, bob, ProfileDraft(avatar_remote_url="https://far.example/b.png"))
    new = (await shown(crowd, bob))["avatar"]
    assert new != old
    assert (await look(crowd, old)).headers["location"] == MISSING
    assert (await look(crowd, new)).headers["location"].endswith(".png")
    [row] = await crowd.world.rows("select count(*) as loose from blobs where loose_at is not null")
    assert row["loose"] == 2
    await change(crowd, bob, ProfileDraft(avatar_remote_url=None))
    assert (await shown(crowd, bob))["avatar"] == MISSING


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"<svg><script/></svg>", 200), (b"", 404), (b"", 410), (b"\0" * 9 * 1024 * 1024, 200), (b"x", 500)],
    ids=["script", "absent", "gone", "too large", "broken"],
)
async def test_what_cannot_be_had_is_a_picture_of_nobody_and_not_asked_for_again(
    crowd: Crowd, data: bytes, status: int
) -> None:
    serve(crowd, data=data, status=status)
    url = (await shown(crowd, await somebody(crowd)))["avatar"]
    for _ in range(3):
        assert (await look(crowd, url)).headers["location"] == MISSING
    assert asked(crowd) == 1
    assert await crowd.world.rows("select from blobs where state = 1") == []
    serve(crowd)
    crowd.world.clock.advance(timedelta(days=8))
    assert (await look(crowd, url)).headers["location"].endswith(".gif")


async def test_no_address_leads_anywhere_that_we_did_not_write_it_for(crowd: Crowd) -> None:
    serve(crowd)
    bob = await somebody(crowd)
    url = (await shown(crowd, bob))["avatar"]
    mark = url.split("/")[-2]
    for path in (f"{bob}/{'0' * 24}/avatar", f"{bob}/{mark}/header", f"1{bob}/{mark}/avatar"):
        assert "missing.png" in (await look(crowd, f"{HERE}/media/people/{path}")).headers["location"]
    for path in (f"people/{bob}/{mark}/other", f"people/x/{mark}/avatar", f"emoji/1/{mark}/original", "emoji/x/y/z"):
        await look(crowd, f"{HERE}/media/{path}", expect=404)
    assert asked(crowd) == 0


async def test_nothing_is_fetched_of_a_server_whose_files_are_not_wanted(crowd: Crowd) -> None:
    serve(crowd)
    url = (await shown(crowd, await somebody(crowd)))["avatar"]
    async with crowd.world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="far.example", reject_media=True))
    assert (await look(crowd, url)).headers["location"] == MISSING
    assert asked(crowd) == 0


async def test_an_address_that_claims_to_be_ours_is_not_fetched(crowd: Crowd) -> None:
    bob = await somebody(crowd, f"{HERE}/api/v1/instance")
    assert (await look(crowd, (await shown(crowd, bob))["avatar"])).headers["location"] == MISSING
    assert crowd.world.internet.requests == []


async def test_an_emoji_of_another_server_is_kept_when_somebody_looks(crowd: Crowd) -> None:
    serve(crowd)
    bob = await somebody(crowd)
    async with crowd.world.ctx.db.transaction() as tx:
        await emoji.learn(tx, "far.example", [("wave", PICTURE)])
    await change(crowd, bob, ProfileDraft(display_name="Bob :wave:"))
    [used] = (await shown(crowd, bob))["emojis"]
    assert used["url"].startswith(f"{HERE}/media/emoji/")
    assert (await look(crowd, used["url"])).headers["location"].endswith(".gif")
    assert (await look(crowd, used["static_url"])).headers["location"].endswith(".png")
    assert asked(crowd) == 1
    async with crowd.world.ctx.db.transaction() as tx:
        await emoji.learn(tx, "far.example", [("wave", "https://far.example/gone.gif")])
    await look(crowd, used["url"], expect=404)
    assert len(await crowd.world.rows("select from blobs where loose_at is not null")) == 2


async def test_copies_go_when_room_is_needed_and_are_made_again_when_somebody_looks(crowd: Crowd) -> None:
    serve(crowd)
    bob = await somebody(crowd)
    async with crowd.world.ctx.db.transaction() as tx:
        await emoji.learn(tx, "far.example", [("wave", PICTURE)])
    await change(crowd, bob, ProfileDraft(display_name="Bob :wave:", header_remote_url=PICTURE))
    first = await shown(crowd, bob)
    asked_for = [first["avatar"], first["header"], first["emojis"][0]["url"]]
    kept = [(await look(crowd, url)).headers["location"] for url in asked_for]
    assert (await shown(crowd, bob))["avatar"] == kept[0]
    assert await storage.evict(crowd.world.ctx, sys.maxsize) > 0
    assert await crowd.world.rows("select from blobs where remote") == []
    again = await shown(crowd, bob)
    assert [again["avatar"], again["header"], again["emojis"][0]["url"]] == asked_for
    for url, before in zip(asked_for, kept, strict=True):
        led = (await look(crowd, url)).headers["location"]
        assert led != before
        assert await crowd.world.ctx.files.stat(led.removeprefix(f"{HERE}/media/")) is not None


async def test_a_picture_that_there_is_no_room_for_is_passed_on(crowd: Crowd) -> None:
    serve(crowd)
    url = (await shown(crowd, await somebody(crowd)))["avatar"]
    async with crowd.world.ctx.db.transaction() as tx:
        await site.change(tx, "remote_media_ceiling", 10)
    answer = await look(crowd, url, expect=200)
    assert (answer.headers["content-type"], answer.content) == ("image/gif", moving("GIF"))
    assert await crowd.world.rows("select from blobs where state = 1") == []

"""Files of other servers through this one."""

import asyncio
import dataclasses
from typing import Any, Literal

import httpx
import msgspec

from marula.domain.context import Context
from marula.main.web import make_app
from tests.domain.media.sending import picture
from tests.domain.media.strangers import PICTURE, published
from tests.domain.relationships.people import stranger
from tests.faces.api.caller import HOME, Crowd
from tests.world import World


async def seen(crowd: Crowd) -> dict[str, Any]:
    """The picture of a post of another server, as somebody here sees it who follows nobody."""
    crowd.world.internet.server("files.example").serve(PICTURE.url, picture(), kind="text/html")
    ann = await crowd.join("ann")
    post = await published(crowd.world, await stranger(crowd.world, "bob"), PICTURE)
    return (await ann.get(f"/api/v1/statuses/{post}"))["media_attachments"][0]


def otherwise(ctx: Context, setting: Literal["proxy", "link"]) -> httpx.AsyncClient:
    """The same server with another setting."""
    changed = dataclasses.replace(ctx, config=msgspec.structs.replace(ctx.config, remote_media=setting))
    return httpx.AsyncClient(transport=httpx.ASGITransport(make_app(changed)), base_url=HOME)


def fetches(world: World) -> int:
    return len([one for one in world.internet.requests if one.url == PICTURE.url])


async def test_who_looks_first_has_it_fetched_and_all_are_led_to_where_it_is_kept(crowd: Crowd) -> None:
    file = await seen(crowd)
    assert file["url"].startswith(f"{HOME}/media/proxy/")
    assert file["preview_url"].endswith("/small")
    for url in (file["url"], file["preview_url"], file["url"]):
        led = await crowd.client.get(url)
        assert led.status_code == 302
        kept = await crowd.client.get(led.headers["location"])
        assert (kept.status_code, kept.headers["content-type"]) == (200, "image/png")
    assert fetches(crowd.world) == 1


async def test_once_it_is_kept_a_post_says_so(crowd: Crowd) -> None:
    file = await seen(crowd)
    led = await crowd.client.get(file["url"])
    [row] = await crowd.world.rows("select id from posts")
    post = (await crowd.client.get(f"/api/v1/statuses/{row['id']}")).json()
    assert post["media_attachments"][0]["url"] == led.headers["location"]
    assert post["media_attachments"][0]["remote_url"] == PICTURE.url


async def test_a_pass_that_we_did_not_make_leads_nowhere(crowd: Crowd) -> None:
    file = await seen(crowd)
    forged = file["url"].replace(file["id"], str(int(file["id"]) + 1))
    for url in (forged, file["url"].replace("original", "other"), f"{HOME}/media/proxy/x/original"):
        assert (await crowd.client.get(url)).status_code == 404
    assert (await crowd.client.post(file["url"])).status_code == 404
    assert fetches(crowd.world) == 0


async def test_a_server_that_does_not_answer_is_a_failure_for_now(crowd: Crowd) -> None:
    file = await seen(crowd)
    crowd.world.internet.server("files.example").serve(PICTURE.url, b"", status=503)
    answers = await asyncio.gather(*(crowd.client.get(file["url"]) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {503}
    assert fetches(crowd.world) == 1


async def test_a_file_can_be_passed_on_without_being_kept_with_the_type_that_it_has(crowd: Crowd) -> None:
    file = await seen(crowd)
    async with otherwise(crowd.world.ctx, "proxy") as client:
        passed = await client.get(file["url"])
        assert (passed.status_code, passed.content) == (200, picture())
        assert passed.headers["content-type"] == "image/png"
        assert "default-src 'none'" in passed.headers["content-security-policy"]
        crowd.world.internet.server("files.example").serve(PICTURE.url, b"<script>alert(1)</script>", kind="image/png")
        assert (await client.get(file["url"])).status_code == 404
    assert await crowd.world.rows("select from blobs") == []
    assert list(crowd.world.ctx.config.incoming_dir.glob("*")) == []


async def test_a_file_can_be_left_where_it_is(crowd: Crowd) -> None:
    made = await published(crowd.world, await stranger(crowd.world, "bob"), PICTURE)
    async with otherwise(crowd.world.ctx, "link") as client:
        post = (await client.get(f"/api/v1/statuses/{made}")).json()
    assert post["media_attachments"][0]["url"] == PICTURE.url
    assert fetches(crowd.world) == 0

"""What the page of a post shows of its files and of the page that it links to."""

import dataclasses
import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from PIL import Image

from marula.base import imaging
from marula.base.files import Disk
from marula.main.web import make_app
from tests.faces.api.caller import Caller, Crowd, crowd_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made
    await imaging.stop()


async def picture(who: Caller, description: str) -> str:
    """A picture that somebody sent; its id."""
    kept = io.BytesIO()
    Image.new("RGB", (1000, 800), (200, 120, 40)).save(kept, "PNG")
    sent = {"file": ("a.png", kept.getvalue(), "image/png")}
    answer = await who.call("POST", "/api/v2/media", files=sent, data={"description": description})
    return answer.json()["id"]


async def page_of(crowd: Crowd, status: dict[str, Any]) -> str:
    return (await crowd.nobody.call("GET", status["url"])).text


async def test_a_picture_is_shown_with_its_description_and_told_to_other_sites(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    status = await ann.write("look", media_ids=[await picture(ann, 'A "warm" field')])
    page = await page_of(crowd, status)
    (file,) = status["media_attachments"]
    assert f'<a href="{file["url"]}"><img src="{file["preview_url"]}" alt="A &#34;warm&#34; field" width="1000"' in page
    assert '<svg class="blur"' in page
    assert f'<meta property="og:image" content="{file["preview_url"]}">' in page
    assert f'<meta property="og:image:width" content="{file["meta"]["small"]["width"]}">' in page
    assert '<meta property="og:image:alt" content="A &#34;warm&#34; field">' in page
    assert "summary_large_image" in page


async def test_what_is_sensitive_lies_under_a_cover_and_is_told_to_nobody(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    status = await ann.write("careful", media_ids=[await picture(ann, "It hurts")], sensitive=True)
    page = await page_of(crowd, status)
    (file,) = status["media_attachments"]
    assert '<details class="veil veil-drawn">' in page
    assert page.index("Sensitive media") < page.index(file["preview_url"])
    assert f'og:image" content="{file["preview_url"]}' not in page


async def test_a_card_is_shown_and_leads_to_the_page(crowd: Crowd) -> None:
    crowd.world.internet.server("news.example").serve(
        "/story", '<title>A &lt;b&gt;story</title><meta name="author" content="Ann">', kind="text/html"
    )
    ann = await crowd.join("ann")
    status = await ann.write("https://news.example/story")
    await crowd.world.settle()
    page = await page_of(crowd, status)
    assert '<a href="https://news.example/story" rel="nofollow noopener"><strong dir="auto">A &lt;b&gt;story' in page
    assert "<bdi>news.example</bdi>" in page
    assert "By <bdi>Ann</bdi>" in page


@pytest.mark.parametrize(
    ("public", "policy"),
    [
        (
            "https://files.example/kept/",
            "img-src 'self' https://files.example; media-src 'self' https://files.example;",
        ),
        ("https://marula.example/media/", "img-src 'self'; media-src 'self';"),
    ],
)
async def test_files_may_come_from_where_they_are_kept(world: World, public: str, policy: str) -> None:
    ctx = dataclasses.replace(world.ctx, files=Disk(world.ctx.config.media_dir, public))
    transport = httpx.ASGITransport(make_app(ctx))
    async with httpx.AsyncClient(transport=transport, base_url="https://marula.example") as client:
        answer = await client.get("/")
    assert policy in answer.headers["content-security-policy"]

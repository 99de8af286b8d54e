"""What comes of pages that are served well, badly, or to do harm."""

import asyncio
import gzip
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from aiohttp import web
from PIL import Image

from marula.base import imaging
from marula.base.kernel.errors import Unreachable
from marula.base.net import Limits
from marula.domain.cards import fetching
from tests.world import World, make_world

Reply: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """A site on this machine."""

    def __init__(self) -> None:
        self.url = ""
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.sent = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        return await self.replies[request.path](request)

    def page(self, path: str, body: str | bytes, kind: str = "text/html", **headers: str) -> str:
        """Serve a page; gives its address."""
        data = body.encode() if isinstance(body, str) else body

        async def reply(_: web.Request) -> web.Response:
            return web.Response(body=data, headers={"content-type": kind} | headers)

        return self.on(path, reply)

    def redirect(self, path: str, target: str) -> str:
        """Redirect; gives the address."""

        async def reply(_: web.Request) -> web.Response:
            raise web.HTTPFound(target)

        return self.on(path, reply)

    def on(self, path: str, reply: Reply) -> str:
        self.replies[path] = reply
        return f"{self.url}{path}"

    async def endless(self, request: web.Request) -> web.StreamResponse:
        """A page of a gigabyte that says its title first."""
        stream = web.StreamResponse(headers={"content-type": "text/html", "content-length": "1000000000"})
        await stream.prepare(request)
        await stream.write(b"<title>Long</title>")
        for _ in range(1000):
            await stream.write(b" " * 1_000_000)
            self.sent += 1_000_000
        return stream


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def near(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """A server that may call this machine."""
    async with make_world(database, tmp_path, ALLOWED_PRIVATE_ADDRESSES="127.0.0.0/8") as made:
        yield made
    await imaging.stop()


async def title(world: World, url: str) -> str | None:
    found = await fetching.look(world.ctx, url)
    return None if found is None else found.card.title


async def test_of_a_page_of_a_gigabyte_only_the_beginning_is_read(near: World, site: Site) -> None:
    assert await title(near, site.on("/", site.endless)) == "Long"
    assert site.sent < 50_000_000


async def test_a_page_that_trickles_is_given_up(near: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(headers={"content-type": "text/html"})
        await stream.prepare(request)
        while True:
            await stream.write(b"<")
            await asyncio.sleep(0.05)

    monkeypatch.setattr(fetching, "PAGE", Limits(size=1024, cut=True, time=timedelta(seconds=0.5)))
    with pytest.raises(Unreachable, match="in time"):
        await title(near, site.on("/", trickle))


async def test_redirects_that_dawdle_are_given_up_together(
    near: World, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dawdle(_: web.Request) -> web.Response:
        await asyncio.sleep(0.4)
        raise web.HTTPFound("/")

    monkeypatch.setattr(fetching, "PATIENCE", 1.0)
    with pytest.raises(Unreachable, match="takes too long"):
        await title(near, site.on("/", dawdle))
    assert len(site.asked) <= 3


async def test_a_page_that_unpacks_without_end_is_cut(near: World, site: Site) -> None:
    bomb = gzip.compress(b"<title>Small</title>" + b"0" * 200_000_000, 9)
    assert await title(near, site.page("/", bomb, **{"content-encoding": "gzip"})) == "Small"


async def test_redirects_that_go_round_end(near: World, site: Site) -> None:
    with pytest.raises(Unreachable, match="redirects too often"):
        await title(near, site.redirect("/", "/"))
    assert len(site.asked) == fetching.PAGE.redirects + 1


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "file:///etc/passwd",
        "gopher://10.0.0.1/",
        "javascript:alert(1)",
    ],
)
async def test_a_redirect_leads_to_no_private_place(near: World, site: Site, target: str) -> None:
    with pytest.raises(Unreachable):
        await title(near, site.redirect("/", target))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::ffff:127.0.0.1]/", "https://2130706433.nip/", "http://0/"]
)
async def test_a_link_leads_to_no_private_place(world: World, url: str) -> None:
    with pytest.raises(Unreachable):
        await title(world, url)


async def test_a_head_of_five_megabytes_is_cut(near: World, site: Site) -> None:
    many = '<meta name="x" content="y">' * 200_000
    assert await title(near, site.page("/", f"<head><title>First</title>{many}</head>")) == "First"
    assert await title(near, site.page("/", f"<head>{many}<title>Last</title></head>")) is None


async def test_the_address_after_redirects_is_the_base(near: World, site: Site) -> None:
    site.page("/deep/page", '<title>x</title><link rel="canonical" href="own">')
    found = await fetching.look(near.ctx, site.redirect("/", "/deep/page"))
    assert found is not None
    assert found.card.url == f"{site.url}/deep/own"


async def test_letters_are_read_as_the_header_says(near: World, site: Site) -> None:
    page = "<title>東京の天気</title>".encode("shift_jis")
    assert await title(near, site.page("/", page, "text/html; charset=Shift_JIS")) == "東京の天気"


def png(width: int = 1200, height: int = 630) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), (20, 120, 40)).save(kept, "PNG")
    return kept.getvalue()


async def test_the_picture_of_a_page_is_kept_small_with_its_blurhash(near: World, site: Site) -> None:
    site.page("/i.png", png(), "image/png")
    found = await fetching.look(near.ctx, site.page("/", '<title>x</title><meta property="og:image" content="/i.png">'))
    assert found is not None
    assert found.image is not None
    assert found.card.blurhash
    assert 0 < found.card.width * found.card.height <= 230_400
    row = (await near.rows("select purpose, remote, content_type from blobs"))[0]
    assert (row["purpose"], row["remote"]) == (4, True)
    assert (near.ctx.config.media_dir / found.image.key).stat().st_size == found.image.size
    assert list(near.ctx.config.incoming_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml"),
        (b"<html><script>alert(1)</script>", "image/png"),
        (png()[:200], "image/png"),
        (b"", "image/png"),
        (b"x" * 9_000_000, "image/png"),
    ],
)
async def test_a_picture_that_is_none_is_left_out(near: World, site: Site, body: bytes, kind: str) -> None:
    site.page("/i", body, kind)
    found = await fetching.look(near.ctx, site.page("/", '<title>x</title><meta property="og:image" content="/i">'))
    assert found is not None
    assert (found.card.title, found.image, found.card.blurhash) == ("x", None, None)
    assert await near.rows("select from blobs") == []


@pytest.mark.parametrize("source", ["http://10.0.0.1/i.png", "http://169.254.169.254/", "http://[::1]/i.png"])
async def test_a_picture_is_fetched_from_no_private_place(near: World, site: Site, source: str) -> None:
    found = await fetching.look(
        near.ctx, site.page("/", f'<title>x</title><meta property="og:image" content="{source}">')
    )
    assert found is not None
    assert found.image is None


async def test_oembed_tells_of_a_film(near: World, site: Site) -> None:
    said = f'{{"type":"video","version":"1.0","title":"Film","html":"<iframe src=\'{site.url}/p\'></iframe>"}}'
    site.page("/o", said, "application/json")
    page = '<title>x</title><link rel="alternate" type="application/json+oembed" href="/o">'
    found = await fetching.look(near.ctx, site.page("/", page))
    assert found is not None
    assert found.card.kind == "link"  # a frame must have TLS
    site.page("/o", said.replace("http:", "https:"), "application/json")
    found = await fetching.look(near.ctx, f"{site.url}/")
    assert found is not None
    assert (found.card.kind, found.card.title) == ("video", "Film")


async def test_a_page_does_not_fail_with_its_oembed(near: World, site: Site) -> None:
    page = '<title>x</title><link rel="alternate" type="application/json+oembed" href="http://10.0.0.1/">'
    assert await title(near, site.page("/", page)) == "x"


async def test_a_page_that_is_busy_is_worth_another_try(near: World, site: Site) -> None:
    async def busy(_: web.Request) -> web.Response:
        return web.Response(status=429)

    with pytest.raises(Unreachable, match="429"):
        await title(near, site.on("/", busy))

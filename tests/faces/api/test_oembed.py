"""Posts inside other sites."""

from urllib.parse import quote

import pytest

from tests.faces.api.caller import Crowd

PATH = "/api/oembed"


async def test_a_public_post_has_a_frame_that_other_sites_may_show(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("hello **there**")
    told = await crowd.nobody.get(f"{PATH}?url={quote(post['url'])}")
    assert (told["author_name"], told["author_url"], told["width"]) == ("ann", "https://marula.example/@ann", 400)
    assert told["html"].startswith(f'<iframe src="{post["url"]}/embed"')
    page = await crowd.nobody.call("GET", f"{post['url']}/embed")
    assert "hello **there**" in page.text
    assert "frame-ancestors" not in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    whole = await crowd.nobody.call("GET", post["url"])
    assert f"/api/oembed?url={quote(post['url'])}" in whole.text
    assert whole.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in whole.headers["content-security-policy"]


async def test_every_address_of_a_post_will_do(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("hello")
    by_name = f"https://marula.example/users/ann/statuses/{post['id']}"
    for url in (post["url"], post["uri"], by_name, f"{post['url']}?a=b", f"{post['url']}/embed"):
        assert (await crowd.nobody.get(f"{PATH}?url={quote(url, safe='')}"))["author_name"] == "ann"


@pytest.mark.parametrize(("asked", "width", "height"), [("", 400, None), ("&maxwidth=5&maxheight=99999", 100, 2000)])
async def test_the_size_is_as_asked_within_bounds(crowd: Crowd, asked: str, width: int, height: int | None) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("hello")
    told = await crowd.nobody.get(f"{PATH}?url={quote(post['url'])}{asked}")
    assert (told["width"], told["height"]) == (width, height)


async def test_what_is_not_for_everybody_has_none(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    hidden = await ann.write("for few", visibility="private")
    boosted = await ann.post(f"/api/v1/statuses/{(await ann.write('all'))['id']}/reblog")
    for url in (
        hidden["url"],
        boosted["url"] or f"https://marula.example/@ann/{boosted['id']}",
        "https://marula.example/@ann/1",
        "https://marula.example/@ann",
        "https://far.example/@ann/1",
        "https://marula.example]/@ann/1",
        "x",
        "",
    ):
        await crowd.nobody.get(f"{PATH}?url={quote(url, safe='')}", expect=404)
    await ann.call("GET", f"{hidden['url']}/embed", expect=404)


async def test_names_cannot_break_out_of_the_frame(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.call("PATCH", "/api/v1/profile", json={"display_name": '"><script>'})
    post = await ann.write("hello")
    told = await crowd.nobody.get(f"{PATH}?url={quote(post['url'])}")
    assert "<script>" not in told["html"]

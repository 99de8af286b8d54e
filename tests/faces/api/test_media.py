"""Files of posts, as clients see them."""

from typing import Any

import msgspec

from marula.base.kernel.ids import PostId
from tests.domain.media.strangers import FILM, PICTURE, published, revised
from tests.faces.api.caller import Caller, Crowd


async def shown(reader: Caller, post: PostId) -> list[dict[str, Any]]:
    return (await reader.get(f"/api/v1/statuses/{post}"))["media_attachments"]


async def test_files_of_other_servers_are_shown_with_what_is_known_of_them(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    assert bob.account is not None
    picture, film = await shown(ann, await published(crowd.world, bob.account, PICTURE, FILM))
    assert (picture["type"], picture["remote_url"]) == ("image", PICTURE.url)
    assert picture["description"] == "a tree"
    assert picture["blurhash"] == PICTURE.blurhash
    assert picture["meta"]["focus"] == {"x": -0.5, "y": 0.25}
    assert picture["meta"]["original"]["size"] == "640x480"
    assert (film["type"], film["preview_remote_url"], film["description"]) == ("video", FILM.preview_url, None)


async def test_of_a_server_whose_files_are_not_wanted_only_the_address_is_told(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    assert bob.account is not None
    [file] = await shown(
        ann, await published(crowd.world, bob.account, msgspec.structs.replace(PICTURE, rejected=True))
    )
    assert (file["type"], file["url"], file["preview_url"]) == ("unknown", None, None)
    assert file["remote_url"] == PICTURE.url


async def test_the_history_shows_the_files_and_descriptions_of_then(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    assert bob.account is not None
    post = await published(crowd.world, bob.account, PICTURE)
    [only] = await ann.get(f"/api/v1/statuses/{post}/history")
    assert [file["description"] for file in only["media_attachments"]] == ["a tree"]
    await revised(crowd.world, post, msgspec.structs.replace(PICTURE, description=None), FILM)
    await revised(crowd.world, post, text="gone")
    versions = await ann.get(f"/api/v1/statuses/{post}/history")
    assert [[file["description"] for file in one["media_attachments"]] for one in versions] == [
        ["a tree"],
        [None, None],
        [],
    ]
    assert await shown(ann, post) == []


async def test_timelines_give_posts_with_files_alone_when_asked(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    assert bob.account is not None
    await bob.write("without #tree")
    post = await published(crowd.world, bob.account, PICTURE)
    for path in ("/api/v1/timelines/public", f"/api/v1/accounts/{bob.account}/statuses"):
        assert [one["id"] for one in await ann.get(path, params={"only_media": "true"})] == [str(post)]
    assert await ann.get("/api/v1/timelines/tag/tree", params={"only_media": "true"}) == []

"""Avatars and headers through the API."""

from pathlib import Path
from typing import Any

import pytest

from marula.domain import storage
from tests.base.imaging.samples import encoded, moving, scene
from tests.faces.api.caller import Caller, Crowd

PATH = "/api/v1/profile"
OLD_PATH = "/api/v1/accounts/update_credentials"
MISSING = "https://marula.example/{}s/original/missing.png"


def png(width: int = 640, height: int = 480) -> bytes:
    return encoded(scene(width, height), "PNG")


async def choose(who: Caller, path: str = PATH, *, expect: int = 200, **pictures: bytes) -> dict[str, Any]:
    """Send pictures under a name that nobody should trust."""
    files = {name: ("../../x.svg", data, "image/svg+xml") for name, data in pictures.items()}
    return (await who.call("PATCH", path, files=files, expect=expect)).json()


async def actor_of(crowd: Crowd, who: Caller) -> dict[str, Any]:
    """The profile as other servers read it."""
    accept = {"accept": "application/activity+json"}
    return await crowd.nobody.get(f"/ap/users/{who.account}", headers=accept)


async def bytes_at(crowd: Crowd, url: str) -> bytes:
    key = url.removeprefix("https://marula.example/media/")
    assert key != url
    return b"".join([piece async for piece in crowd.world.ctx.files.read(key)])


@pytest.mark.parametrize("path", [PATH, OLD_PATH])
async def test_pictures_are_cut_to_their_size_and_shown(crowd: Crowd, path: str) -> None:
    ann = await crowd.join("ann")
    await choose(ann, path, avatar=png(), header=png(1600, 900))
    shown = await crowd.nobody.get(f"/api/v1/accounts/{ann.account}")
    assert shown["avatar"] == shown["avatar_static"]
    assert shown["header"] == shown["header_static"]
    own = await ann.get(PATH)
    assert (own["avatar"], own["header"]) == (shown["avatar"], shown["header"])
    assert (await bytes_at(crowd, shown["avatar"]))[:4] == b"\x89PNG"
    assert shown["avatar"] != shown["header"]


async def test_a_picture_that_moves_has_a_still_one(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await choose(ann, avatar=moving("GIF"))
    own = await ann.get(PATH)
    assert own["avatar"].endswith(".gif")
    assert own["avatar_static"].endswith(".png")
    mine = await ann.get("/api/v1/accounts/verify_credentials")
    assert (mine["avatar"], mine["avatar_static"]) == (own["avatar"], own["avatar_static"])


async def test_what_was_remembered_of_somebody_changes_with_the_picture(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("hello")
    assert post["account"]["avatar"] == MISSING.format("avatar")
    await choose(ann, avatar=png())
    shown = await crowd.nobody.get(f"/api/v1/statuses/{post['id']}")
    assert shown["account"]["avatar"] == (await ann.get(PATH))["avatar"]
    assert len(await crowd.world.facts("ProfileRevised")) == 1


@pytest.mark.parametrize("name", ["avatar", "header"])
async def test_a_picture_is_taken_away_with_its_description(crowd: Crowd, name: str) -> None:
    ann = await crowd.join("ann")
    await choose(ann, avatar=png(), header=png())
    await ann.call("PATCH", PATH, json={f"{name}_description": "A tree"})
    gone = (await ann.call("DELETE", f"{PATH}/{name}")).json()
    assert (gone[name], gone[f"{name}_static"]) == (MISSING.format(name), MISSING.format(name))
    assert gone[f"{name}_description"] == ""
    assert gone["source"]["note"] == ""
    own = await ann.get(PATH)
    assert (own[name], own[f"{name}_static"], own[f"{name}_description"]) == (None, None, "")
    again = (await ann.call("DELETE", f"{PATH}/{name}")).json()
    assert again[name] == MISSING.format(name)


async def test_the_bytes_of_a_picture_go_when_another_takes_its_place(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await choose(ann, avatar=png())
    before = (await ann.get(PATH))["avatar"].removeprefix("https://marula.example/media/")
    await choose(ann, avatar=png(300, 300))
    await storage.reactions.sweep(crowd.world.ctx)
    assert await crowd.world.ctx.files.stat(before) is None
    async with crowd.world.ctx.db.reading() as db:
        assert [one.files for one in await storage.totals(db)] == [1]


async def test_the_same_picture_of_two_people_stays_when_one_takes_it_away(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await choose(ann, avatar=png())
    await choose(bob, avatar=png())
    shown = (await bob.get(PATH))["avatar"]
    assert (await ann.get(PATH))["avatar"] == shown
    await ann.call("DELETE", f"{PATH}/avatar")
    await storage.reactions.sweep(crowd.world.ctx)
    assert await bytes_at(crowd, shown)


@pytest.mark.parametrize("path", [PATH, OLD_PATH])
@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        png()[:200],
        b"\x89PNG\r\n\x1a\n" + b"x" * 100,
    ],
    ids=["svg", "html", "truncated", "mislabelled"],
)
async def test_what_is_no_picture_is_refused_and_changes_nothing(crowd: Crowd, path: str, data: bytes) -> None:
    ann = await crowd.join("ann")
    assert (await choose(ann, path, avatar=data, expect=422))["error"]
    assert (await choose(ann, path, header=data, expect=422))["error"]
    assert (await ann.get(PATH))["avatar"] is None
    async with crowd.world.ctx.db.reading() as db:
        assert await storage.totals(db) == []
    assert left(crowd.world.ctx.config.incoming_dir) == []


async def test_too_many_bytes_are_refused_with_the_limit(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    refused = await choose(ann, avatar=png() + b"\0" * 8 * 1024 * 1024, expect=413)
    assert "8 MB" in refused["error"]
    assert left(crowd.world.ctx.config.incoming_dir) == []


async def test_an_empty_file_or_field_changes_nothing(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await choose(ann, avatar=png())
    before = (await ann.get(PATH))["avatar"]
    await choose(ann, avatar=b"")
    await ann.call("PATCH", PATH, json={"avatar": None, "header": ""})
    assert (await ann.get(PATH))["avatar"] == before


async def test_only_the_owner_with_the_right_scope_takes_a_picture_away(crowd: Crowd) -> None:
    await crowd.nobody.call("DELETE", f"{PATH}/avatar", expect=401)
    narrow = await crowd.join("ann", scopes="read profile")
    await narrow.call("DELETE", f"{PATH}/header", expect=403)


async def test_other_servers_are_told_of_pictures_and_what_they_show(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await choose(ann, avatar=png(), header=png())
    await ann.call("PATCH", PATH, json={"avatar_description": "A tree"})
    own = await ann.get(PATH)
    actor = await actor_of(crowd, ann)
    assert actor["icon"] == {"type": "Image", "mediaType": "image/png", "url": own["avatar"], "summary": "A tree"}
    assert actor["image"] == {"type": "Image", "mediaType": "image/png", "url": own["header"]}
    await ann.call("DELETE", f"{PATH}/avatar")
    assert "icon" not in await actor_of(crowd, ann)


def left(folder: Path) -> list[Path]:
    """Files that were not cleaned up."""
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []

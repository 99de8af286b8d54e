"""Files of other servers: fetched for those who follow, on demand for others, kept out where they are not wanted."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import msgspec
import pytest

from marula.base import imaging
from marula.base.kernel.errors import NotFound, Unreachable
from marula.base.kernel.ids import AccountId, MediaId, PostId
from marula.base.net import Answer
from marula.domain import boundaries, media, relationships
from marula.domain.boundaries import BlockDraft
from marula.domain.media import RemoteFile
from tests.domain.media.sending import picture
from tests.domain.media.strangers import PICTURE, published
from tests.domain.posts.writing import person
from tests.domain.relationships.people import stranger
from tests.world import World

FILM = RemoteFile(
    url="https://files.example/2.mp4", content_type="video/mp4", preview_url="https://files.example/2.png"
)


@pytest.fixture(autouse=True)
async def decoders() -> AsyncIterator[None]:
    """No process afterwards."""
    yield
    await imaging.stop()


def serve(world: World, url: str = PICTURE.url, data: bytes = b"", status: int = 200) -> None:
    """Let another server give a file."""
    world.internet.server("files.example").serve(url, data or picture(), kind="image/png", status=status)


def asked(world: World, url: str = PICTURE.url) -> int:
    """How often a file was fetched."""
    return len([one for one in world.internet.requests if one.url == url])


async def only(world: World, post: PostId) -> MediaId:
    [row] = await world.rows("select id from media_attachments where post_id = $1", post)
    return row["id"]


async def state(world: World, file: MediaId) -> tuple[int, bool, bool]:
    """How far a file is, and which of its parts are kept."""
    [row] = await world.rows("select state, original_id, small_id from media_attachments where id = $1", file)
    return row["state"], row["original_id"] is not None, row["small_id"] is not None


async def arrived(world: World, *files: RemoteFile) -> tuple[AccountId, PostId]:
    """A post of somebody of another server."""
    bob = await stranger(world, "bob")
    return bob, await published(world, bob, *(files or (PICTURE,)))


async def test_files_of_those_whom_somebody_follows_are_kept_when_they_arrive(world: World) -> None:
    serve(world)
    ann, bob = await person(world, "ann"), await stranger(world, "bob")
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, ann, bob)
        await relationships.authorize_request(tx, bob, ann)
    post = await published(world, bob, PICTURE)
    await world.settle()
    assert await state(world, await only(world, post)) == (1, True, True)
    assert asked(world) == 1
    [row] = await world.rows("select version from posts where id = $1", post)
    assert row["version"] > 1
    assert {blob["remote"] for blob in await world.rows("select remote from blobs where state = 1")} == {True}


async def test_files_of_others_are_fetched_when_somebody_looks(world: World) -> None:
    serve(world)
    _, post = await arrived(world)
    file = await only(world, post)
    await world.settle()
    assert asked(world) == 0
    key = await media.had(world.ctx, file, "original")
    assert await world.ctx.files.stat(key) is not None
    assert await media.had(world.ctx, file, "original") == key
    assert asked(world) == 1
    [row] = await world.rows("select description, blurhash, meta::text as meta, focus_x from media_attachments")
    assert (row["description"], row["focus_x"]) == ("a tree", -0.5)
    assert msgspec.json.decode(row["meta"])["original"]["size"] == "320x200"


async def test_those_who_look_at_the_same_time_share_one_fetch(world: World) -> None:
    serve(world)
    _, post = await arrived(world)
    file = await only(world, post)
    keys = await asyncio.gather(*(media.had(world.ctx, file, "small") for _ in range(5)))
    assert len(set(keys)) == 1
    assert asked(world) == 1


async def test_of_a_film_its_picture_is_fetched_alone(world: World) -> None:
    assert FILM.preview_url is not None
    serve(world, FILM.preview_url)
    _, post = await arrived(world, FILM)
    file = await only(world, post)
    assert (await media.had(world.ctx, file, "small")).endswith(".png")
    assert (asked(world, FILM.preview_url), asked(world, FILM.url)) == (1, 0)
    assert await state(world, file) == (0, False, True)


@pytest.mark.parametrize(
    ("status", "data"), [(404, b"x"), (410, b"x"), (200, b"<svg onload=alert(1)>"), (200, b"GIF89a")]
)
async def test_what_is_not_there_or_cannot_be_read_is_not_asked_for_again(
    world: World, status: int, data: bytes
) -> None:
    serve(world, data=data, status=status)
    _, post = await arrived(world)
    file = await only(world, post)
    for _ in range(2):
        with pytest.raises(NotFound):
            await media.had(world.ctx, file, "original")
    assert asked(world) == 1
    assert await state(world, file) == (2, False, False)
    assert await world.rows("select from blobs where state = 1") == []


async def test_a_server_that_fails_is_left_alone_for_a_while_and_given_up_at_last(world: World) -> None:
    serve(world, status=500)
    _, post = await arrived(world)
    file = await only(world, post)
    for attempt in range(1, 5):
        for _ in range(2):
            with pytest.raises((Unreachable, NotFound)):
                await media.had(world.ctx, file, "original")
        assert asked(world) == attempt
        world.clock.advance(timedelta(days=1))
    assert await state(world, file) == (2, False, False)


async def test_a_file_that_is_too_large_is_given_up(world: World) -> None:
    def large(_: object) -> Answer:
        return Answer(status=200, headers={"content-type": "image/png"}, body=b"\x89PNG" * 5_000_000, url=PICTURE.url)

    world.internet.server("files.example").on("GET", PICTURE.url, large)
    _, post = await arrived(world)
    with pytest.raises(Unreachable):
        await media.had(world.ctx, await only(world, post), "original")
    assert list(world.ctx.config.incoming_dir.glob("*")) == []


async def test_files_that_claim_to_be_ours_are_not_fetched(world: World) -> None:
    _, post = await arrived(world, RemoteFile(url="https://marula.example/media/proxy/1-2/original"))
    with pytest.raises(NotFound):
        await media.had(world.ctx, await only(world, post), "original")


async def test_files_of_a_server_that_are_not_wanted_go_and_may_come_back(world: World) -> None:
    serve(world)
    _, post = await arrived(world)
    file = await only(world, post)
    await media.had(world.ctx, file, "original")
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="far.example", severity="noop", reject_media=True))
    await world.settle()
    assert await state(world, file) == (3, False, False)
    with pytest.raises(NotFound):
        await media.had(world.ctx, file, "original")
    assert len(await world.rows("select from blobs where loose_at is not null")) == 1
    async with world.ctx.db.transaction() as tx:
        await boundaries.unblock(tx, "far.example")
    await world.settle()
    assert await state(world, file) == (0, False, False)
    await media.had(world.ctx, file, "original")
    assert asked(world) == 2


async def test_nothing_is_fetched_from_a_place_whose_files_are_not_wanted(world: World) -> None:
    serve(world)
    _, post = await arrived(world)
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="files.example", severity="noop", reject_media=True))
    await world.settle()
    with pytest.raises(NotFound):
        await media.had(world.ctx, await only(world, post), "original")
    assert asked(world) == 0


async def test_what_is_renewed_is_fetched_again(world: World) -> None:
    serve(world, status=404)
    _, post = await arrived(world)
    file = await only(world, post)
    with pytest.raises(NotFound):
        await media.had(world.ctx, file, "original")
    serve(world)
    async with world.ctx.db.transaction() as tx:
        assert await media.renew(tx, MediaId(0), batch=10, post=post) == file
        assert await media.renew(tx, file, batch=10, post=post) is None
    await world.settle()
    assert await state(world, file) == (1, True, True)


async def test_a_process_that_died_while_it_fetched_is_replaced(world: World) -> None:
    serve(world)
    _, post = await arrived(world)
    file = await only(world, post)
    async with world.ctx.db.transaction() as tx:
        await tx.run("update media_attachments set fetching_since = $2 where id = $1", file, tx.now)
    world.clock.advance(timedelta(minutes=13))
    await media.had(world.ctx, file, "original")
    assert (await state(world, file))[0] == 1


def test_a_pass_is_for_one_file_and_cannot_be_made_by_others(world: World) -> None:
    config = world.ctx.config
    made = media.pass_of(config, MediaId(7))
    assert media.passed(config, made) == 7
    for forged in ("7", "7-", made.replace("7-", "8-", 1), made[:-1], "", "-", "ü-x"):
        assert media.passed(config, forged) is None

"""Files of posts of other servers."""

import msgspec

from marula.base.kernel.ids import PostId
from marula.domain import media
from marula.domain.media import Attachment, Kind, RemoteFile, State
from tests.domain.media.strangers import FILM, PICTURE, published, revised
from tests.domain.posts.writing import person
from tests.world import World


async def shown(world: World, post: PostId) -> list[Attachment]:
    async with world.ctx.db.reading() as db:
        return await media.of_post(db, post)


async def test_files_are_kept_in_their_order_and_none_is_fetched(world: World) -> None:
    bob = await person(world, "bob")
    post = await published(world, bob, FILM, PICTURE)
    film, picture = await shown(world, post)
    assert (film.kind, film.remote_url, film.meta) == (Kind.VIDEO, FILM.url, {"original": {"duration": 12.5}})
    assert (picture.kind, picture.description, picture.focus) == (Kind.IMAGE, "a tree", (-0.5, 0.25))
    assert picture.blurhash == PICTURE.blurhash
    assert picture.meta["original"] == {"width": 640, "height": 480, "size": "640x480", "aspect": 640 / 480}
    assert {film.state, picture.state} == {State.WAITING}
    assert await world.rows("select from posts where has_media") != []


async def test_twenty_files_are_kept_and_each_once(world: World) -> None:
    bob = await person(world, "bob")
    many = [RemoteFile(url=f"https://files.example/{number // 2}") for number in range(60)]
    assert len(await shown(world, await published(world, bob, *many))) == 20


async def test_what_is_no_address_on_the_web_is_left_out(world: World) -> None:
    bob = await person(world, "bob")
    bad = [RemoteFile(url=url) for url in ("javascript:alert(1)", "file:///etc/passwd", "https://", "data:,x", "//[")]
    post = await published(world, bob, *bad)
    assert await shown(world, post) == []
    assert await world.rows("select from posts where has_media") == []


async def test_measures_that_cannot_be_true_are_left_out(world: World) -> None:
    bob = await person(world, "bob")
    odd = RemoteFile(
        url="https://files.example/x",
        content_type="image/svg+xml",
        width=0,
        height=10**12,
        duration=float("nan"),
        focus=(7.0, 0.0),
        description=" \x00 ",
        preview_url="gopher://x",
    )
    [file] = await shown(world, await published(world, bob, odd))
    assert (file.kind, file.meta, file.focus, file.description) == (Kind.UNKNOWN, {}, None, None)


async def test_an_edit_of_a_description_is_an_edit_and_the_file_stays_the_same_row(world: World) -> None:
    bob = await person(world, "bob")
    post = await published(world, bob, PICTURE)
    [before] = await shown(world, post)
    after = await revised(world, post, msgspec.structs.replace(PICTURE, description="an oak"))
    [now] = await shown(world, post)
    assert (now.id, now.description, after.version) == (before.id, "an oak", 2)
    versions = await world.rows("select media_ids, media_descriptions from post_edits order by id")
    assert [tuple(row) for row in versions] == [([now.id], ["a tree"]), ([now.id], ["an oak"])]


async def test_saying_the_same_again_is_no_edit(world: World) -> None:
    bob = await person(world, "bob")
    post = await published(world, bob, PICTURE, FILM)
    assert (await revised(world, post, PICTURE, FILM)).version == 1
    assert (await revised(world, post, FILM, PICTURE)).version == 2


async def test_a_file_that_was_taken_out_stays_for_the_history(world: World) -> None:
    bob = await person(world, "bob")
    post = await published(world, bob, PICTURE, FILM)
    await revised(world, post, FILM)
    assert [file.remote_url for file in await shown(world, post)] == [FILM.url]
    await revised(world, post)
    assert await shown(world, post) == []
    assert len(await world.rows("select from media_attachments where post_id = $1", post)) == 2
    assert await world.rows("select from posts where has_media") == []
    await revised(world, post, PICTURE)
    assert [file.remote_url for file in await shown(world, post)] == [PICTURE.url]
    assert len(await world.rows("select from media_attachments")) == 2

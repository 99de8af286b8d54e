"""Copies of files of other servers: given up when room is needed, fetched again when somebody looks."""

import sys
from collections.abc import AsyncIterator

import pytest

from marula.base import imaging
from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import interactions, media, storage
from marula.domain.posts import Post
from tests.domain.media.strangers import published
from tests.domain.media.test_fetch import PICTURE, asked, only, serve, state
from tests.domain.posts.writing import person, seen
from tests.domain.relationships.people import stranger
from tests.world import World

POST = "insert into posts (account_id, local, visibility, created_at"


@pytest.fixture(autouse=True)
async def decoders() -> AsyncIterator[None]:
    """No process afterwards."""
    yield
    await imaging.stop()


async def fetched(world: World) -> PostId:
    """A post of another server whose picture is kept here."""
    serve(world)
    post = await published(world, await stranger(world, "bob"), PICTURE)
    await media.had(world.ctx, await only(world, post), "original")
    return post


async def test_what_nobody_here_cares_for_goes_and_is_fetched_again(world: World) -> None:
    file = await only(world, await fetched(world))
    [before] = await world.rows("select version from posts")
    assert await storage.evict(world.ctx, sys.maxsize) > 0
    assert await state(world, file) == (0, False, False)
    [after] = await world.rows("select version from posts")
    assert after["version"] > before["version"]
    assert await world.rows("select from blobs where remote") == []
    key = await media.had(world.ctx, file, "original")
    assert await world.ctx.files.stat(key) is not None
    assert asked(world) == 2


async def mark(tx: Tx, kind: str, who: AccountId, one: Post) -> None:
    """Care for a post, in one of the ways there are."""
    post = one.id
    match kind:
        case "favourite":
            await interactions.favourite(tx, who, one)
        case "bookmark":
            await interactions.bookmark(tx, who, post)
        case "react":
            await tx.run(
                "insert into post_reactions (account_id, post_id, name, created_at) values ($1, $2, 'x', now())",
                who,
                post,
            )
        case "quote":
            own = await tx.value(f"{POST}) values ($1, true, 0, now()) returning id", who)
            await tx.run(
                "insert into quotes (post_id, account_id, quoted_id, state, created_at) values ($1, $2, $3, 1, now())",
                own,
                who,
                post,
            )
        case _:
            await tx.run(f"{POST}, {kind}) values ($1, true, 0, now(), $2)", who, post)


@pytest.mark.parametrize("kind", ["favourite", "bookmark", "react", "quote", "reblog_of_id", "in_reply_to_id"])
async def test_what_somebody_here_cares_for_stays(world: World, kind: str) -> None:
    post = await fetched(world)
    ann = await person(world, "ann")
    one = await seen(world, post)
    async with world.ctx.db.transaction() as tx:
        await mark(tx, kind, ann, one)
    assert await storage.evict(world.ctx, sys.maxsize) == 0
    assert await state(world, await only(world, post)) == (1, True, True)


async def test_what_only_people_elsewhere_like_does_not_stay(world: World) -> None:
    post = await fetched(world)
    carla = await stranger(world, "carla")
    async with world.ctx.db.transaction() as tx:
        await tx.run("insert into favourites (account_id, post_id, created_at) values ($1, $2, now())", carla, post)
    assert await storage.evict(world.ctx, sys.maxsize) > 0

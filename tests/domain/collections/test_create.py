"""Collections: begun, changed, removed."""

import pytest

from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.base.kernel.ids import AccountId, CollectionId
from marula.domain import collections
from marula.domain.collections import Asked
from tests.domain.collections.recommending import create, members, willing
from tests.domain.relationships.people import block, person, stranger
from tests.world import World

LANGUAGE = "de"


async def known(world: World, collection: CollectionId, viewer: AccountId | None = None) -> collections.Collection:
    async with world.ctx.db.reading() as db:
        return await collections.visible(db, viewer, collection)


async def test_a_collection_says_what_was_asked_and_holds_whom_was_asked(world: World) -> None:
    ann, bob = await person(world, "ann"), await willing(world, "bob")
    asked = Asked(
        name=" Gardeners ",
        description="They grow",
        language=LANGUAGE,
        tag_name="#Gärten",
        sensitive=True,
        discoverable=True,
    )
    made = await create(world, ann, asked, [bob, bob])
    found = await known(world, made)
    assert (found.name, found.description, found.language) == ("Gardeners", "They grow", LANGUAGE)
    assert (found.tag_name, found.tag_display) == ("garten", "Gärten")
    assert (found.sensitive, found.discoverable) == (True, True)
    assert await members(world, made) == [bob]
    assert [row["kind"] for row in await world.facts()][-2:] == ["CollectionCreated", "AccountFeatured"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Asked(), "Name can't be blank"),
        (Asked(name=" "), "Name can't be blank"),
        (Asked(name="x" * 41), "Name is too long (maximum is 40 characters)"),
        (Asked(name="x", description="x" * 101), "Description is too long (maximum is 100 characters)"),
        (Asked(name="x", language="klingon!"), "Language is invalid"),
        (Asked(name="x", tag_name="#123"), "Tag name is invalid"),
    ],
)
async def test_what_cannot_be_said_is_refused(world: World, asked: Asked, sentence: str) -> None:
    ann = await person(world, "ann")
    with pytest.raises(Invalid) as refusal:
        await create(world, ann, asked)
    assert refusal.value.why == sentence


async def test_nobody_is_in_a_collection_without_consent(world: World) -> None:
    ann, shy, far = await person(world, "ann"), await person(world, "shy"), await stranger(world, "far")
    blocking = await willing(world, "blocking")
    await block(world, blocking, ann)
    for account in (shy, far, blocking):
        with pytest.raises(Forbidden, match="This account cannot be added to collections"):
            await create(world, ann, featured=[account])
    with pytest.raises(NotFound):
        await create(world, ann, featured=[AccountId(1)])
    assert await world.rows("select from collections") == []


async def test_a_role_allows_so_many_and_a_collection_holds_25(world: World) -> None:
    ann = await person(world, "ann")
    await create(world, ann, limit=1)
    with pytest.raises(Invalid, match="You cannot have more than 1 collections"):
        await create(world, ann, limit=1)
    with pytest.raises(Invalid, match="Collection items are too many"):
        await create(world, ann, featured=[AccountId(number) for number in range(1, 27)])


async def test_only_what_is_said_changes(world: World) -> None:
    ann = await person(world, "ann")
    made = await create(world, ann, Asked(name="One", description="Two", tag_name="three", discoverable=True))
    for asked in (Asked(name="Four"), Asked(name="Four")):
        async with world.ctx.db.transaction() as tx:
            await collections.revise(tx, ann, made, asked)
    found = await known(world, made)
    assert (found.name, found.description, found.tag_name, found.discoverable) == ("Four", "Two", "three", True)
    assert len(await world.facts("CollectionRevised")) == 1
    async with world.ctx.db.transaction() as tx:
        await collections.revise(tx, ann, made, Asked(tag_name=""))
    assert (await known(world, made)).tag_name is None


async def test_only_its_owner_changes_or_removes_it(world: World) -> None:
    ann, bob = await person(world, "ann"), await willing(world, "bob")
    made = await create(world, ann)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Forbidden):
            await collections.revise(tx, bob, made, Asked(name="Mine"))
        with pytest.raises(Forbidden):
            await collections.delete(tx, bob, made)
        with pytest.raises(Forbidden):
            await collections.feature(tx, bob, made, bob)
        await collections.delete(tx, ann, made)
        with pytest.raises(NotFound):
            await collections.delete(tx, ann, made)


async def test_who_is_blocked_by_the_owner_knows_nothing_of_it(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    made = await create(world, ann, Asked(name="One", discoverable=True))
    await block(world, ann, bob)
    with pytest.raises(NotFound):
        await known(world, made, bob)
    async with world.ctx.db.reading() as db:
        assert await collections.owned(db, ann, bob, limit=40, offset=0) == []
        assert await collections.owned(db, ann, None, limit=40, offset=0) == [made]


async def test_one_that_is_not_discoverable_is_listed_for_its_owner_only(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    made = await create(world, ann)
    async with world.ctx.db.reading() as db:
        assert await collections.owned(db, ann, bob, limit=40, offset=0) == []
        assert await collections.owned(db, ann, ann, limit=40, offset=0) == [made]
    assert (await known(world, made, bob)).id == made

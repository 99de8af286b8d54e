"""Followers that one knows."""

from marula.base.db.connection import statements_run
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, relationships
from marula.domain.accounts import ProfileDraft
from tests.domain.relationships.people import block, follow, person
from tests.world import World


async def familiar(
    world: World, viewer: AccountId, *ids: AccountId, most: int = 80
) -> dict[AccountId, list[AccountId]]:
    async with world.ctx.db.reading() as db:
        with statements_run() as count:
            found = await relationships.familiar(db, viewer, ids, most)
    assert count() == 1
    return found


async def hide(world: World, who: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, who)
        assert account is not None
        await accounts.revise_profile(tx, account, ProfileDraft(hide_collections=True))


async def test_those_one_follows_who_follow_an_account_are_named_the_latest_first(world: World) -> None:
    ann, bob, cat, stranger, star = [await person(world, name) for name in ("ann", "bob", "cat", "stranger", "star")]
    for whom in (bob, cat, star):
        await follow(world, ann, whom)
    for fan in (ann, bob, stranger, cat):
        await follow(world, fan, star)
    assert await familiar(world, ann, star, bob, AccountId(404)) == {star: [cat, bob], bob: []}
    assert await familiar(world, ann, star, most=1) == {star: [cat]}


async def test_whoever_keeps_their_network_to_themselves_is_not_named(world: World) -> None:
    ann, bob, star = [await person(world, name) for name in ("ann", "bob", "star")]
    await follow(world, ann, bob)
    await follow(world, bob, star)
    await hide(world, bob)
    assert await familiar(world, ann, star) == {star: []}


async def test_nobody_is_named_of_an_account_that_keeps_it_to_itself_or_blocks_the_viewer(world: World) -> None:
    ann, bob, shy, foe, gone = [await person(world, name) for name in ("ann", "bob", "shy", "foe", "gone")]
    await follow(world, ann, bob)
    for whom in (shy, foe, gone):
        await follow(world, bob, whom)
    await hide(world, shy)
    await block(world, foe, ann)
    await world.rows("update accounts set suspended_at = now() where id = $1", gone)
    assert await familiar(world, ann, shy, foe, gone) == {shy: [], foe: [], gone: []}

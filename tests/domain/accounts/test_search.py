"""Finding people by what somebody typed."""

from marula.base.kernel.ids import AccountId
from marula.domain import accounts
from marula.domain.accounts import NewAccount
from tests.domain.users.people import person
from tests.world import World


async def known(
    world: World, username: str, domain: str | None = None, name: str = "", followers: int = 0
) -> AccountId:
    async with world.ctx.db.transaction() as tx:
        made = await accounts.create(tx, NewAccount(username=username, domain=domain, display_name=name))
        await tx.run("update account_stats set followers_count = $2 where account_id = $1", made, followers)
    return made


async def follow(world: World, who: AccountId, whom: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        await tx.run("insert into follows (account_id, target_id, created_at) values ($1, $2, $3)", who, whom, tx.now)


async def found(
    world: World, typed: str, *, viewer: AccountId | None = None, following: bool = False
) -> list[AccountId]:
    async with world.ctx.db.reading() as db:
        return await accounts.search(world.ctx, db, typed, viewer=viewer, following=following)


async def test_the_exact_handle_comes_first_then_the_most_followed(world: World) -> None:
    famous = await known(world, "annabel", followers=900)
    quiet = await known(world, "annika", followers=1)
    exact = await known(world, "ann")
    named = await known(world, "zed", name="Anne of Kent", followers=5)
    assert await found(world, "@ANN") == [exact, famous, named, quiet]


async def test_whom_the_viewer_follows_comes_before_the_famous(world: World) -> None:
    viewer, famous, friend = await known(world, "me"), await known(world, "bo1", followers=9), await known(world, "bo2")
    await follow(world, viewer, friend)
    assert await found(world, "bo", viewer=viewer) == [friend, famous]
    assert await found(world, "bo", viewer=viewer, following=True) == [friend]
    assert await found(world, "BO", following=True) == [famous, friend]


async def test_a_friend_is_found_behind_hundreds_of_others(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        for number in range(250):
            await accounts.create(tx, NewAccount(username=f"bo{number:03}"))
    viewer, friend = await known(world, "me"), await known(world, "bo_last")
    assert friend not in await found(world, "bo")
    await follow(world, viewer, friend)
    assert (await found(world, "bo", viewer=viewer))[0] == friend


async def test_an_address_finds_the_account_of_that_server(world: World) -> None:
    here, there = await known(world, "ann"), await known(world, "ann", "b.example")
    assert await found(world, "ann@b.example") == [there]
    assert await found(world, "@ann@b.ex") == [there]
    assert await found(world, "ann@marula.example") == [here]


async def test_signs_of_patterns_are_only_signs(world: World) -> None:
    await known(world, "ann")
    assert await found(world, "a%") == []
    assert await found(world, "a_n") == []
    assert await found(world, "  ") == []


async def test_people_who_cannot_be_seen_are_not_found(world: World) -> None:
    gone = await known(world, "ann1")
    await person(world, "ann2", approved=False)
    await person(world, "ann3", confirmed=False)
    seen = await person(world, "ann4")
    async with world.ctx.db.transaction() as tx:
        await tx.run("update accounts set suspended_at = $2 where id = $1", gone, tx.now)
    assert await found(world, "ann") == [seen.account_id]


async def test_a_page_beyond_everything_is_empty(world: World) -> None:
    await known(world, "ann")
    async with world.ctx.db.reading() as db:
        assert await accounts.search(world.ctx, db, "ann", offset=1) == []
        assert await accounts.search(world.ctx, db, "ann", offset=10**19) == []

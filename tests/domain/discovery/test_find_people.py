"""Finding people by what somebody typed."""

from marula.base.kernel.ids import AccountId
from marula.domain import accounts, discovery
from marula.domain.accounts import NewAccount, ProfileDraft
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
    await world.settle()
    async with world.ctx.db.reading() as db:
        return await discovery.find_people(world.ctx, db, typed, viewer=viewer, following=following)


async def test_the_exact_handle_comes_first_then_the_most_followed(world: World) -> None:
    famous = await known(world, "annabel", followers=900)
    quiet = await known(world, "annika", followers=1)
    exact = await known(world, "ann")
    named = await known(world, "zed", name="Anne of Kent", followers=5)
    assert await found(world, "@ANN") == [exact, famous, named, quiet]


async def test_whom_the_viewer_follows_comes_before_the_famous(world: World) -> None:
    viewer = await known(world, "me")
    famous, friend = await known(world, "bobby", followers=9), await known(world, "bobo")
    await follow(world, viewer, friend)
    assert await found(world, "bob", viewer=viewer) == [friend, famous]
    assert await found(world, "bob", viewer=viewer, following=True) == [friend]
    assert await found(world, "BOB", following=True) == [famous, friend]


async def test_a_friend_is_found_behind_hundreds_of_others(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        for number in range(250):
            await accounts.create(tx, NewAccount(username=f"bob{number:03}"))
    viewer, friend = await known(world, "me"), await known(world, "bob_last")
    assert friend not in await found(world, "bob")
    await follow(world, viewer, friend)
    assert (await found(world, "bob", viewer=viewer))[0] == friend


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
        assert await discovery.find_people(world.ctx, db, "ann", offset=1) == []
        assert await discovery.find_people(world.ctx, db, "ann", offset=10**19) == []


async def test_any_word_of_a_name_is_found_by_its_beginning_without_accents(world: World) -> None:
    one = await known(world, "x1", name="José Müller-Ørsted")
    other = await known(world, "x2", name="Jose Miller")
    assert await found(world, "mull") == [one]
    assert await found(world, "jos orst") == [one]
    assert sorted(await found(world, "JOSÉ")) == sorted([one, other])
    assert await found(world, "jos none") == []


async def test_a_part_of_a_name_without_spaces_is_found(world: World) -> None:
    one = await known(world, "x1", name="山田太郎")
    viewer = await known(world, "me")
    assert await found(world, "太郎", viewer=viewer) == [one]
    assert await found(world, "郎", viewer=viewer) == [one]


async def test_a_followed_person_is_found_by_any_word_of_their_name(world: World) -> None:
    viewer, friend = await known(world, "me"), await known(world, "x1", name="Ann of Kent")
    await known(world, "x2", name="Kent")
    await follow(world, viewer, friend)
    assert await found(world, "kent", viewer=viewer, following=True) == [friend]
    assert await found(world, "kent ann", viewer=viewer, following=True) == [friend]
    assert await found(world, "kent bob", viewer=viewer, following=True) == []


async def test_a_new_name_takes_the_place_of_the_old_one(world: World) -> None:
    one = await known(world, "x1", name="Old Name")
    account = (await world.rows("select * from accounts where id = $1", one))[0]
    assert await found(world, "old") == [one]
    async with world.ctx.db.transaction() as tx:
        who = await accounts.by_id(tx, account["id"])
        assert who is not None
        await accounts.revise_profile(tx, who, ProfileDraft(display_name="New Name"))
    assert await found(world, "old") == []
    assert await found(world, "new") == [one]


async def test_somebody_unknown_finds_very_short_names_only_whole(world: World) -> None:
    viewer, short, longer = await known(world, "me"), await known(world, "bo"), await known(world, "bob")
    assert await found(world, "bo") == [short]
    assert await found(world, "bo", viewer=viewer) == [short, longer]

"""People for the tests of what stands between them."""

from marula.base.kernel.ids import AccountId
from marula.domain import accounts, relationships, users
from marula.domain.accounts import NewAccount, ProfileDraft
from marula.domain.relationships import FollowOptions, Standing
from marula.domain.users import Newcomer
from tests.world import World


async def person(world: World, name: str, *, locked: bool = False) -> AccountId:
    """Somebody of this server; what their registration led to is done."""
    async with world.ctx.db.transaction() as tx:
        user = await users.register(
            tx, Newcomer(username=name, email=f"{name}@mail.example", password_hash="-", confirmed=True, approved=True)
        )
        account = await accounts.by_id(tx, user.account_id)
        assert account is not None
        if locked:
            await accounts.revise_profile(tx, account, ProfileDraft(locked=True))
    await world.settle()
    return user.account_id


async def stranger(world: World, name: str) -> AccountId:
    """Somebody of another server."""
    async with world.ctx.db.transaction() as tx:
        return await accounts.create(
            tx, NewAccount(username=name, domain="far.example", uri=f"https://far.example/users/{name}")
        )


async def follow(world: World, who: AccountId, whom: AccountId, options: FollowOptions | None = None) -> None:
    """Follow, or ask to."""
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who, whom, options or FollowOptions())


async def block(world: World, who: AccountId, whom: AccountId) -> None:
    """Block somebody."""
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, who, whom)


async def standing(world: World, viewer: AccountId, other: AccountId) -> Standing:
    """How one stands to the other."""
    async with world.ctx.db.reading() as db:
        [found] = await relationships.relationships(db, viewer, [other])
    return found


async def counters(world: World, account: AccountId) -> tuple[int, int]:
    """How many follow somebody, and how many they follow."""
    async with world.ctx.db.reading() as db:
        found = (await accounts.stats(db, [account]))[account]
    return found.followers_count, found.following_count


async def kinds(world: World) -> list[str]:
    """The kinds of the facts about relationships so far."""
    return [row["kind"] for row in await world.facts() if row["kind"] in vars(relationships)]

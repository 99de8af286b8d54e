"""People who write, for the tests of posts, marks and feeds. All by the real actions; nothing that follows is done."""

from typing import Any

from marula.base.kernel.ids import AccountId, PollId, PostId
from marula.domain import accounts, posts, relationships, users
from marula.domain.accounts import Stats
from marula.domain.posts import Asked, Poll, PollAsked, Post, Visibility
from marula.domain.relationships import FollowOptions
from marula.domain.users import Newcomer
from tests.world import World

POLL = PollAsked(options=("yes", "no"), expires_in=600)


async def person(world: World, name: str) -> AccountId:
    """Somebody of this server."""
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        user = await users.register(
            tx, Newcomer(username=name, email=f"{name}@mail.example", password_hash="-", confirmed=True, approved=True)
        )
    return user.account_id


async def write(world: World, author: AccountId, text: str = "hello", *, key: str | None = None, **asked: Any) -> Post:
    """A post as its author asks for it."""
    async with world.ctx.db.transaction() as tx:
        draft = await posts.draft(world.ctx, tx, author, Asked(text=text, **asked))
        made = await posts.publish(tx, author, draft, key=key)
    return await seen(world, made)


async def boost(world: World, who: AccountId, post: Post, visibility: Visibility | None = None) -> Post:
    """A boost."""
    async with world.ctx.db.transaction() as tx:
        made = await posts.boost(tx, who, post, visibility=visibility)
    return await seen(world, made)


async def revise(world: World, post: Post, text: str, **asked: Any) -> None:
    """An edit."""
    async with world.ctx.db.transaction() as tx:
        await posts.revise(tx, post, await posts.draft_revision(world.ctx, tx, post, Asked(text=text, **asked)))


async def delete(world: World, post: Post) -> None:
    """A deletion."""
    async with world.ctx.db.transaction() as tx:
        await posts.delete(tx, post)


async def vote(world: World, who: AccountId, poll: Poll, *choices: int) -> None:
    """A vote."""
    async with world.ctx.db.transaction() as tx:
        await posts.vote(tx, who, poll, choices)


async def follow(world: World, who: AccountId, whom: AccountId, options: FollowOptions | None = None) -> None:
    """A follow."""
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who, whom, options or FollowOptions())


async def seen(world: World, post: PostId) -> Post:
    """A post as it is now."""
    async with world.ctx.db.reading() as db:
        found = await posts.by_id(db, post)
    assert found is not None
    return found


async def poll_of(world: World, post: Post) -> Poll:
    """The poll of a post as it is now."""
    [row] = await world.rows("select id from polls where post_id = $1", post.id)
    async with world.ctx.db.reading() as db:
        found = await posts.poll_by_id(db, PollId(row["id"]))
    assert found is not None
    return found


async def counters(world: World, post: Post) -> tuple[int, int, int]:
    """Replies, boosts and favourites of a post."""
    [row] = await world.rows(
        "select replies_count, reblogs_count, favourites_count from post_stats where post_id = $1", post.id
    )
    return row["replies_count"], row["reblogs_count"], row["favourites_count"]


async def stats(world: World, who: AccountId) -> Stats:
    """The counters of an account."""
    async with world.ctx.db.reading() as db:
        return (await accounts.stats(db, [who]))[who]

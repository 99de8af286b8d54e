"""People and posts for the tests of notifications, made by the real actions."""

from collections.abc import Sequence

from marula.base.kernel.ids import AccountId, PostId
from marula.base.kernel.paging import Page
from marula.domain import accounts, notifications, posts, users
from marula.domain.accounts import NewAccount
from marula.domain.notifications import EVERYTHING, Notification, Wanted
from marula.domain.posts import Draft, Mentioned, PollDraft, Post, Visibility
from marula.domain.users import Newcomer
from tests.world import World


async def person(world: World, name: str) -> AccountId:
    """Somebody of this server; what their registration led to is done."""
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        user = await users.register(
            tx, Newcomer(username=name, email=f"{name}@mail.example", password_hash="-", confirmed=True, approved=True)
        )
    await world.settle()
    return user.account_id


async def stranger(world: World, name: str) -> AccountId:
    """Somebody of another server."""
    async with world.ctx.db.transaction() as tx:
        return await accounts.create(
            tx, NewAccount(username=name, domain="far.example", uri=f"https://far.example/users/{name}")
        )


async def write(
    world: World,
    author: AccountId,
    *,
    mentions: Sequence[Mentioned] = (),
    visibility: Visibility = Visibility.PUBLIC,
    answer_to: PostId | None = None,
    language: str | None = None,
    poll: PollDraft | None = None,
) -> Post:
    """A post, and all that follows from it."""
    draft = Draft(
        text="hello",
        html="<p>hello</p>",
        mentions=tuple(mentions),
        visibility=visibility,
        in_reply_to=answer_to,
        language=language,
        poll=poll,
    )
    async with world.ctx.db.transaction() as tx:
        made = await posts.publish(tx, author, draft)
        found = await posts.by_id(tx, made)
    await world.settle()
    assert found is not None
    return found


async def told(world: World, who: AccountId, wanted: Wanted = EVERYTHING) -> list[Notification]:
    """What somebody was told, newest first, once all that is due was done."""
    await world.settle()
    async with world.ctx.db.reading() as db:
        return await notifications.page_of(db, who, Page(limit=100), wanted)


async def kinds(world: World, who: AccountId) -> list[tuple[str, AccountId]]:
    """The kinds of what somebody was told, and who did it, newest first."""
    return [(notification.kind, notification.from_id) for notification in await told(world, who)]

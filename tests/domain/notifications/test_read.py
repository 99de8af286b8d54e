"""Reading, counting, grouping and dismissing notifications."""

from datetime import timedelta

import pytest

from marula.base.db import statements_run
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, NotificationId
from marula.base.kernel.paging import Page
from marula.domain import interactions, notifications, posts
from marula.domain.notifications import KINDS, Wanted
from marula.domain.posts import Mentioned, Post
from tests.domain.notifications.people import kinds, person, told, write
from tests.world import World


async def test_a_page_is_cut_by_its_cursors(world: World) -> None:
    bob = await person(world, "bob")
    ids = await _mentions(world, bob, 4)
    async with world.ctx.db.reading() as db:
        newest = await notifications.page_of(db, bob, Page(limit=2))
        older = await notifications.page_of(db, bob, Page(limit=2, max_id=ids[2]))
        just_above = await notifications.page_of(db, bob, Page(limit=2, min_id=ids[0]))
    assert [entry.id for entry in newest] == [ids[3], ids[2]]
    assert [entry.id for entry in older] == [ids[1], ids[0]]
    assert [entry.id for entry in just_above] == [ids[2], ids[1]]


async def test_kinds_and_accounts_are_wanted_or_not(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await _mentions(world, ann, 1)
    await _favour(world, bob, await write(world, ann))
    assert [entry.kind for entry in await told(world, ann)] == ["favourite", "mention"]
    assert [entry.kind for entry in await told(world, ann, Wanted(types=("mention",)))] == ["mention"]
    assert [entry.kind for entry in await told(world, ann, Wanted(exclude_types=("mention",)))] == ["favourite"]
    assert [entry.kind for entry in await told(world, ann, Wanted(from_account=bob))] == ["favourite"]
    assert await told(world, ann, Wanted(types=())) == []


async def test_what_was_set_aside_is_shown_only_when_asked_for(world: World) -> None:
    bob = await person(world, "bob")
    [identifier] = await _mentions(world, bob, 1)
    async with world.ctx.db.transaction() as tx:
        await tx.run("update notifications set filtered = true where id = $1", identifier)
    [author] = {entry.from_id for entry in await told(world, bob, Wanted(include_filtered=True))}
    assert await told(world, bob) == []
    assert len(await told(world, bob, Wanted(from_account=author))) == 1


async def test_suspended_accounts_are_not_shown(world: World) -> None:
    bob = await person(world, "bob")
    [identifier] = await _mentions(world, bob, 1)
    async with world.ctx.db.transaction() as tx:
        await tx.run("update accounts set suspended_at = $1 where id <> $2", tx.now, bob)
        assert await notifications.one(tx, bob, identifier) is None
        assert await notifications.unread_count(tx, bob, since_id=0, limit=10) == 0
    assert await told(world, bob) == []


async def test_the_unread_count_begins_at_the_marker_and_stops_at_the_limit(world: World) -> None:
    bob = await person(world, "bob")
    ids = await _mentions(world, bob, 3)
    async with world.ctx.db.reading() as db:
        assert await notifications.unread_count(db, bob, since_id=0, limit=10) == 3
        assert await notifications.unread_count(db, bob, since_id=ids[0], limit=10) == 2
        assert await notifications.unread_count(db, bob, since_id=0, limit=2) == 2


async def test_favourites_of_a_post_are_one_group_for_twelve_hours(world: World) -> None:
    ann, post = await _author(world)
    first = await _favour_by(world, "bob", post)
    world.clock.advance(timedelta(hours=11))
    second = await _favour_by(world, "eve", post)
    world.clock.advance(timedelta(hours=1))
    third = await _favour_by(world, "dan", post)
    keys = {entry.from_id: entry.group_key for entry in await told(world, ann)}
    hour = int(world.clock.now().timestamp()) // 3600
    assert keys[first] == keys[second] == f"favourite-{post.id}-{hour - 12}"
    assert keys[third] == f"favourite-{post.id}-{hour}"


async def test_other_posts_and_other_kinds_are_other_groups(world: World) -> None:
    ann, post = await _author(world)
    other = await write(world, ann)
    bob = await _favour_by(world, "bob", post)
    await _favour(world, bob, other)
    async with world.ctx.db.transaction() as tx:
        await posts.boost(tx, bob, post)
    assert len({entry.group_key for entry in await told(world, ann)}) == 3


async def test_one_is_dismissed_by_whom_it_belongs_to(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    first, second = await _mentions(world, bob, 2)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(NotFound):
            await notifications.dismiss(tx, ann, first)
        await notifications.dismiss(tx, bob, first)
        with pytest.raises(NotFound):
            await notifications.dismiss(tx, bob, first)
    assert [entry.id for entry in await told(world, bob)] == [second]


async def test_clearing_removes_ones_own(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await _mentions(world, ann, 1)
    await _mentions(world, bob, 1)
    async with world.ctx.db.transaction() as tx:
        await notifications.clear(tx, bob)
    assert await kinds(world, bob) == []
    assert len(await kinds(world, ann)) == 1


async def test_a_large_audience_is_told_in_batches(world: World) -> None:
    ann, bob, eve = await person(world, "ann"), await person(world, "bob"), await person(world, "eve")
    dan = await person(world, "dan")
    post = await write(world, ann, mentions=[Mentioned(bob), Mentioned(eve), Mentioned(dan)])
    async with world.ctx.db.transaction() as tx:
        await tx.run("delete from notifications")
        after: AccountId | None = AccountId(0)
        rounds = 0
        while after is not None:
            with statements_run() as count:
                after = await notifications.notify(tx, KINDS["mention"], post.id, after=after, batch=2)
            assert count() == 3
            rounds += 1
    assert rounds == 2
    assert [await kinds(world, each) for each in (bob, eve, dan)] == [[("mention", ann)]] * 3


async def _author(world: World) -> tuple[AccountId, Post]:
    ann = await person(world, "ann")
    return ann, await write(world, ann)


async def _mentions(world: World, who: AccountId, number: int) -> list[NotificationId]:
    """Somebody is named this often; the ids of what they were told, oldest first."""
    author = await person(world, f"author_of_{number}_{who % 1000}")
    for _ in range(number):
        await write(world, author, mentions=[Mentioned(who)])
    return [entry.id for entry in reversed(await told(world, who))]


async def _favour(world: World, who: AccountId, post: Post) -> None:
    async with world.ctx.db.transaction() as tx:
        await interactions.favourite(tx, who, post)
    await world.settle()


async def _favour_by(world: World, name: str, post: Post) -> AccountId:
    who = await person(world, name)
    await _favour(world, who, post)
    return who

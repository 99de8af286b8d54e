"""Direct threads: who gets a direct post, what is unread, and what becomes of deleted posts."""

from datetime import timedelta

import pytest

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import accounts, conversations, interactions, relationships
from marula.domain.conversations import DirectThread, actions
from marula.domain.posts import Post, Visibility
from tests.domain.posts.writing import delete, person, revise, write
from tests.world import World


async def direct(world: World, author: AccountId, text: str, answers: Post | None = None) -> Post:
    """A direct post; what follows is done."""
    post = await write(
        world,
        author,
        text,
        visibility=Visibility.DIRECT,
        in_reply_to=None if answers is None else answers.id,
    )
    await world.settle()
    return post


async def threads(world: World, who: AccountId, page: Page | None = None) -> list[DirectThread]:
    """The threads of somebody, once all that is due was done."""
    await world.settle()
    async with world.ctx.db.reading() as db:
        return await conversations.of_account(db, who, page or Page())


async def mark(world: World, who: AccountId, thread: DirectThread, *, unread: bool = False) -> None:
    async with world.ctx.db.transaction() as tx:
        await conversations.mark(tx, who, thread.id, unread=unread)


async def test_a_direct_post_makes_a_thread_for_its_author_and_for_those_it_names(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    post = await direct(world, ann, "@ben hello")
    [anns], [bens] = await threads(world, ann), await threads(world, ben)
    assert (anns.participants, anns.last_post_id, anns.unread) == ((ben,), post.id, False)
    assert (bens.participants, bens.last_post_id, bens.unread) == ((ann,), post.id, True)
    assert await threads(world, cat) == []
    assert len(await world.facts("ConversationUpdated")) == 2


async def test_a_note_to_oneself_is_a_thread_without_others(world: World) -> None:
    ann = await person(world, "ann")
    await direct(world, ann, "buy milk")
    [thread] = await threads(world, ann)
    assert (thread.participants, thread.unread) == ((), False)


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE])
async def test_other_posts_make_no_threads(world: World, visibility: Visibility) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    await revise(world, await write(world, ann, "@ben", visibility=visibility), "@ben hello")
    assert await threads(world, ann) == await threads(world, ben) == []


async def test_an_answer_brings_the_thread_up_read_for_whoever_wrote_it(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    first = await direct(world, ann, "@ben hello")
    await direct(world, ann, "@cat hello")
    answer = await direct(world, ben, "@ann hi", first)
    newest, other = await threads(world, ann)
    assert (newest.last_post_id, newest.participants, newest.unread) == (answer.id, (ben,), True)
    assert other.participants == (cat,)
    [bens] = await threads(world, ben)
    assert (bens.last_post_id, bens.unread) == (answer.id, False)


async def test_naming_others_begins_another_thread_of_the_same_conversation(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    first = await direct(world, ann, "@ben hello")
    await direct(world, ben, "@ann @cat look", first)
    assert [thread.participants for thread in await threads(world, ann)] == [(ben, cat), (ben,)]
    assert [thread.participants for thread in await threads(world, cat)] == [(ann, ben)]


async def test_reading_is_remembered_also_when_a_job_runs_again(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await direct(world, ann, "@ben hello")
    [thread] = await threads(world, ben)
    await mark(world, ben, thread)
    async with world.ctx.db.transaction() as tx:
        await actions.deliver(tx, post.id)
    assert not (await threads(world, ben))[0].unread
    told = len(await world.facts("ConversationUpdated"))
    await mark(world, ben, thread)
    assert len(await world.facts("ConversationUpdated")) == told
    await mark(world, ben, thread, unread=True)
    assert (await threads(world, ben))[0].unread


async def test_whoever_is_named_by_an_edit_gets_the_post_then(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    post = await direct(world, ann, "@ben hello")
    await revise(world, post, "@ben @cat hello")
    [cats] = await threads(world, cat)
    assert (cats.participants, cats.last_post_id, cats.unread) == ((ann, ben), post.id, True)
    assert [thread.participants for thread in await threads(world, ben)] == [(ann,)]


async def test_a_deleted_post_gives_way_to_the_one_before(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await direct(world, ann, "@ben hello")
    second = await direct(world, ann, "@ben again", first)
    await delete(world, second)
    assert [thread.last_post_id for thread in await threads(world, ben)] == [first.id]
    await delete(world, first)
    assert await threads(world, ann) == await threads(world, ben) == []
    assert await world.rows("select from direct_threads") == []


async def test_many_threads_go_back_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    ann = await person(world, "ann")
    people = [await person(world, f"reader{number}") for number in range(4)]
    first = await direct(world, ann, "@reader0 @reader1 @reader2 @reader3")
    await delete(world, await direct(world, ann, "@reader0 @reader1 @reader2 @reader3", first))
    assert {(await threads(world, who))[0].last_post_id for who in people} == {first.id}


async def test_what_a_deleted_account_wrote_leaves_no_empty_threads(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    await direct(world, ann, "@ben hello")
    async with world.ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, ann)
        assert account is not None
        await accounts.delete(tx, account)
    assert await threads(world, ben) == []
    assert await world.rows("select from direct_threads") == []


async def test_the_blocked_and_the_muted_do_not_bring_threads_up(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, ben, ann, duration=timedelta(hours=1))
        await relationships.block(tx, ann, cat)
    await direct(world, ann, "@ben @cat hello")
    assert await threads(world, ben) == await threads(world, cat) == []
    assert len(await threads(world, ann)) == 1
    world.clock.advance(timedelta(hours=1))
    await direct(world, ann, "@ben again")
    assert len(await threads(world, ben)) == 1


async def test_a_mute_that_shows_notifications_lets_direct_posts_through(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, ben, ann, notifications=False)
    await direct(world, ann, "@ben hello")
    assert len(await threads(world, ben)) == 1


async def test_a_muted_thread_stays_as_it_is(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await direct(world, ann, "@ben hello")
    async with world.ctx.db.transaction() as tx:
        await interactions.mute_thread(tx, ben, first)
    await direct(world, ann, "@ben again", first)
    assert [thread.last_post_id for thread in await threads(world, ben)] == [first.id]


async def test_a_block_removes_the_threads_with_whom_is_blocked(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    await direct(world, ann, "@ben hello")
    await direct(world, cat, "@ben hello")
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, ben, ann)
    assert [thread.participants for thread in await threads(world, ben)] == [(cat,)]
    assert [thread.participants for thread in await threads(world, ann)] == [(ben,)]


async def test_a_removed_thread_stays_with_the_others_and_comes_back_with_a_new_post(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await direct(world, ann, "@ben hello")
    [thread] = await threads(world, ben)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(NotFound):
            await conversations.remove(tx, ann, thread.id)
        await conversations.remove(tx, ben, thread.id)
        with pytest.raises(NotFound):
            await conversations.remove(tx, ben, thread.id)
    assert await threads(world, ben) == []
    assert len(await threads(world, ann)) == 1
    second = await direct(world, ann, "@ben again", first)
    assert [thread.last_post_id for thread in await threads(world, ben)] == [second.id]
    await delete(world, second)
    assert await threads(world, ben) == []


async def test_threads_are_paged_by_their_last_posts(world: World) -> None:
    ann = await person(world, "ann")
    for name in ("ben", "cat", "dan"):
        await person(world, name)
    posts = [await direct(world, ann, f"@{name} hello") for name in ("ben", "cat", "dan")]
    first = await threads(world, ann, Page(limit=2))
    rest = await threads(world, ann, Page(limit=2, max_id=first[-1].last_post_id))
    above = await threads(world, ann, Page(limit=1, min_id=posts[0].id))
    assert [thread.last_post_id for thread in (*first, *rest)] == [post.id for post in reversed(posts)]
    assert [thread.last_post_id for thread in above] == [posts[1].id]


async def test_a_post_to_very_many_people_is_a_thread_too(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann, "@ben hello", visibility=Visibility.DIRECT)
    await world.rows(
        """
        with crowd as (
            insert into accounts (username, domain, created_at)
            select 'far' || n, 'far.example', now() from generate_series(1, 2000) n returning id
        )
        insert into mentions (post_id, account_id) select $1, id from crowd
        """,
        post.id,
    )
    [thread] = await threads(world, ben)
    assert len(thread.participants) == 2001

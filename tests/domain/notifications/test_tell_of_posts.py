"""Who is told of posts, boosts, edits and polls."""

from datetime import timedelta

from marula.base.kernel.ids import AccountId
from marula.domain import interactions, posts, relationships
from marula.domain.posts import Asked, Draft, Mentioned, PollDraft, Visibility
from marula.domain.relationships import FollowOptions
from tests.domain.notifications.people import kinds, person, stranger, told, write
from tests.world import World


async def test_who_is_named_is_told(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann, mentions=[Mentioned(bob)])
    [notification] = await told(world, bob)
    assert (notification.kind, notification.from_id, notification.post_id) == ("mention", ann, post.id)
    assert notification.group_key == f"ungrouped-{notification.id}"


async def test_who_is_named_silently_is_not_told(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await write(world, ann, mentions=[Mentioned(bob, silent=True)])
    assert await kinds(world, bob) == []


async def test_who_names_themselves_is_not_told(world: World) -> None:
    ann = await person(world, "ann")
    await write(world, ann, mentions=[Mentioned(ann)])
    assert await kinds(world, ann) == []


async def test_a_reply_that_does_not_name_is_not_told(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann)
    await write(world, bob, answer_to=post.id)
    assert await kinds(world, ann) == []


async def test_people_of_other_servers_get_no_rows(world: World) -> None:
    ann, far = await person(world, "ann"), await stranger(world, "far")
    await write(world, ann, mentions=[Mentioned(far)])
    assert await world.rows("select from notifications") == []


async def test_who_watches_an_author_is_told_of_posts(world: World) -> None:
    ann, bob, eve = await person(world, "ann"), await person(world, "bob"), await person(world, "eve")
    await _follow(world, bob, ann, FollowOptions(notify=True))
    await _follow(world, eve, ann, FollowOptions())
    await write(world, ann, visibility=Visibility.PRIVATE)
    assert await kinds(world, bob) == [("status", ann)]
    assert await kinds(world, eve) == []


async def test_a_watcher_is_not_told_of_replies_to_others_or_unwanted_languages(world: World) -> None:
    ann, bob, eve = await person(world, "ann"), await person(world, "bob"), await person(world, "eve")
    await _follow(world, bob, ann, FollowOptions(notify=True, languages=("de",)))
    theirs = await write(world, eve)
    await write(world, ann, answer_to=theirs.id)
    await write(world, ann, language="fr")
    assert await kinds(world, bob) == []
    own = await write(world, ann, language="de")
    await write(world, ann, answer_to=own.id)
    assert await kinds(world, bob) == [("status", ann), ("status", ann)]


async def test_a_watcher_who_is_named_is_told_once(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await _follow(world, bob, ann, FollowOptions(notify=True))
    await write(world, ann, mentions=[Mentioned(bob)])
    assert await kinds(world, bob) == [("mention", ann)]


async def test_a_watcher_is_told_of_no_direct_post_to_others(world: World) -> None:
    ann, bob, eve = await person(world, "ann"), await person(world, "bob"), await person(world, "eve")
    await _follow(world, bob, ann, FollowOptions(notify=True))
    await write(world, ann, visibility=Visibility.DIRECT, mentions=[Mentioned(eve)])
    assert await kinds(world, bob) == []


async def test_an_author_is_told_of_a_boost_until_it_is_taken_back(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await posts.boost(tx, bob, post)
    [notification] = await told(world, ann)
    assert (notification.kind, notification.from_id, notification.post_id) == ("reblog", bob, post.id)
    async with world.ctx.db.transaction() as tx:
        await posts.unboost(tx, bob, post.id)
    assert await told(world, ann) == []


async def test_a_boost_taken_back_before_anybody_was_told_is_not_told(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await posts.boost(tx, bob, post)
        await posts.unboost(tx, bob, post.id)
    assert await told(world, ann) == []


async def test_who_boosted_is_told_of_the_newest_edit_only(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await posts.boost(tx, bob, post)
    seen: set[int] = set()
    for text in ("once", "twice"):
        async with world.ctx.db.transaction() as tx:
            await posts.revise(tx, post, Draft(text=text, html=f"<p>{text}</p>"))
        [notification] = await told(world, bob)
        assert (notification.kind, notification.from_id, notification.post_id) == ("update", ann, post.id)
        seen.add(notification.id)
    assert len(seen) == 2


async def test_voters_and_the_author_are_told_of_the_result(world: World) -> None:
    ann, bob, eve = await person(world, "ann"), await person(world, "bob"), await person(world, "eve")
    post = await write(world, ann, poll=PollDraft(options=("a", "b"), expires_in=timedelta(minutes=5), multiple=True))
    [row] = await world.rows("select id from polls where post_id = $1", post.id)
    async with world.ctx.db.transaction() as tx:
        poll = await posts.poll_by_id(tx, row["id"])
        assert poll is not None
        await posts.vote(tx, bob, poll, [0, 1])
    world.clock.advance(timedelta(minutes=6))
    assert await kinds(world, bob) == [("poll", ann)]
    assert await kinds(world, ann) == [("poll", ann)]
    assert await kinds(world, eve) == []


async def test_what_was_told_of_a_post_goes_with_the_post(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann, mentions=[Mentioned(bob)])
    async with world.ctx.db.transaction() as tx:
        await posts.delete(tx, post)
    assert await told(world, bob) == []


async def test_who_muted_a_thread_is_told_nothing_of_it(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await interactions.mute_thread(tx, ann, post)
        await interactions.favourite(tx, bob, post)
    await write(world, bob, answer_to=post.id, mentions=[Mentioned(ann)])
    assert await kinds(world, ann) == []


async def test_a_voter_who_may_no_longer_read_the_post_is_not_told(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await _follow(world, bob, ann, FollowOptions())
    post = await write(
        world, ann, visibility=Visibility.PRIVATE, poll=PollDraft(options=("a", "b"), expires_in=timedelta(minutes=5))
    )
    [row] = await world.rows("select id from polls where post_id = $1", post.id)
    async with world.ctx.db.transaction() as tx:
        poll = await posts.poll_by_id(tx, row["id"])
        assert poll is not None
        await posts.vote(tx, bob, poll, [0])
        await relationships.unfollow(tx, bob, ann)
    world.clock.advance(timedelta(minutes=6))
    assert await kinds(world, bob) == []


async def _follow(world: World, who: AccountId, whom: AccountId, options: FollowOptions) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who, whom, options)


async def test_an_edit_tells_those_whom_it_names_for_the_first_time(world: World) -> None:
    ann, bob, cat = await person(world, "ann"), await person(world, "bob"), await person(world, "cat")
    post = await write(world, ann, mentions=[Mentioned(bob)])
    for text in ("@bob @cat", "@bob and @cat"):
        async with world.ctx.db.transaction() as tx:
            await posts.revise(tx, post, await posts.draft_revision(world.ctx, tx, post, Asked(text=text)))
        assert await kinds(world, bob) == await kinds(world, cat) == [("mention", ann)]

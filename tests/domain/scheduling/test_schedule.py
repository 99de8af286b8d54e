"""Posts that wait for their time."""

from datetime import timedelta
from typing import Any

import pytest

from marula.base.kernel.errors import Invalid, NotFound, Refused
from marula.base.kernel.ids import AccountId, ScheduledId
from marula.base.kernel.paging import Page
from marula.domain import posts, relationships, scheduling, users
from marula.domain.posts import Asked, Draft, Visibility
from marula.domain.scheduling import Scheduled, rules
from marula.domain.scheduling.reactions import publish_due
from tests.domain.apps.programs import program
from tests.domain.posts.writing import POLL, delete, person, write
from tests.world import World

HOUR = timedelta(hours=1)


async def schedule(
    world: World,
    who: AccountId,
    text: str = "later",
    after: timedelta = HOUR,
    *,
    key: str | None = None,
    **asked: Any,
) -> Scheduled:
    """A post that is to be published after some time."""
    async with world.ctx.db.transaction() as tx:
        made = await scheduling.schedule(
            tx,
            who,
            Asked(text=text, **asked),
            world.clock.now() + after,
            key=key,
        )
    assert isinstance(made, Scheduled)
    return made


async def waiting(world: World, who: AccountId) -> list[Scheduled]:
    async with world.ctx.db.reading() as db:
        return await scheduling.page_of(db, who, Page())


async def texts(world: World) -> list[str]:
    return [row["text"] for row in await world.rows("select text from posts order by id")]


async def test_a_post_appears_at_its_time_and_not_before(world: World) -> None:
    ann = await person(world, "ann")
    made = await schedule(world, ann, "#later", visibility=Visibility.UNLISTED, language="en", poll=POLL)
    world.clock.advance(HOUR - timedelta(seconds=1))
    await world.settle()
    assert await texts(world) == []
    world.clock.advance(timedelta(seconds=1))
    await world.settle()
    [post] = await world.rows("select text, visibility, language, created_at from posts")
    assert tuple(post) == ("#later", Visibility.UNLISTED, "en", made.scheduled_at)
    assert len(await world.rows("select from polls")) == 1
    assert await waiting(world, ann) == []
    assert [len(await world.facts(kind)) for kind in ("PostScheduled", "PostPublished")] == [1, 1]


async def test_a_post_is_published_once_however_often_its_job_runs(world: World) -> None:
    ann = await person(world, "ann")
    made = await schedule(world, ann)
    world.clock.advance(HOUR)
    for _ in range(3):
        await publish_due(world.ctx, made.id)
    await world.settle()
    assert await texts(world) == ["later"]


async def test_what_was_written_and_not_committed_is_still_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object, **__: object) -> None:
        raise RuntimeError("the process died")

    ann = await person(world, "ann")
    made = await schedule(world, ann)
    world.clock.advance(HOUR)
    with monkeypatch.context() as patch:
        patch.setattr(posts, "rebind_keys", dies)
        with pytest.raises(RuntimeError):
            await publish_due(world.ctx, made.id)
    assert (await texts(world), [one.failure for one in await waiting(world, ann)]) == ([], [None])
    await publish_due(world.ctx, made.id)
    assert await texts(world) == ["later"]


@pytest.mark.parametrize("ahead", [timedelta(seconds=299), timedelta(), -HOUR])
async def test_it_takes_five_minutes(world: World, ahead: timedelta) -> None:
    ann = await person(world, "ann")
    with pytest.raises(Invalid, match="5 minutes ahead"):
        await schedule(world, ann, after=ahead)
    made = await schedule(world, ann, after=timedelta(minutes=5))
    with pytest.raises(Invalid, match="5 minutes ahead"):
        async with world.ctx.db.transaction() as tx:
            await scheduling.reschedule(tx, ann, made.id, world.clock.now() + ahead)
    assert await waiting(world, ann) == [made]


async def test_another_time_is_the_time(world: World) -> None:
    ann = await person(world, "ann")
    made = await schedule(world, ann)
    async with world.ctx.db.transaction() as tx:
        await scheduling.reschedule(tx, ann, made.id, world.clock.now() + 3 * HOUR)
    world.clock.advance(2 * HOUR)
    await world.settle()
    assert await texts(world) == []
    async with world.ctx.db.transaction() as tx:
        await scheduling.reschedule(tx, ann, made.id, world.clock.now() + timedelta(minutes=10))
    world.clock.advance(timedelta(minutes=10))
    await world.settle()
    world.clock.advance(HOUR)
    await world.settle()
    assert await texts(world) == ["later"]


async def test_a_cancelled_post_never_appears(world: World) -> None:
    ann = await person(world, "ann")
    made = await schedule(world, ann)
    async with world.ctx.db.transaction() as tx:
        await scheduling.cancel(tx, ann, made.id)
    world.clock.advance(HOUR)
    await world.settle()
    assert (await texts(world), len(await world.facts("ScheduleCancelled"))) == ([], 1)


async def test_nobody_else_moves_or_cancels_it(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    made = await schedule(world, ann)
    with pytest.raises(NotFound):
        async with world.ctx.db.transaction() as tx:
            await scheduling.cancel(tx, ben, made.id)
    with pytest.raises(NotFound):
        async with world.ctx.db.transaction() as tx:
            await scheduling.reschedule(tx, ben, made.id, world.clock.now() + 2 * HOUR)
    async with world.ctx.db.reading() as db:
        assert await scheduling.one(db, ben, made.id) is None
    assert await waiting(world, ann) == [made]


async def test_25_wait_for_one_day_and_300_in_all(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    day = timedelta(days=1)
    for number in range(rules.MAX_WAITING):
        await schedule(world, ann, after=day * (number // rules.MAX_A_DAY) + timedelta(minutes=5))
    with pytest.raises(Invalid, match="more than 300"):
        await schedule(world, ann, after=100 * day)
    for _ in range(rules.MAX_A_DAY):
        await schedule(world, ben)
    with pytest.raises(Invalid, match="more than 25 posts for one day"):
        await schedule(world, ben, after=11 * HOUR)
    moved = await schedule(world, ben, after=12 * HOUR)
    with pytest.raises(Invalid, match="more than 25 posts for one day"):
        async with world.ctx.db.transaction() as tx:
            await scheduling.reschedule(tx, ben, moved.id, world.clock.now() + HOUR)


async def test_the_same_key_gives_the_same_one_and_then_its_post(world: World) -> None:
    ann = await person(world, "ann")
    made = await schedule(world, ann, after=timedelta(minutes=5), key="k")
    assert await schedule(world, ann, "something else", key="k") == made
    with pytest.raises(Refused):
        async with world.ctx.db.transaction() as tx:
            await posts.publish(tx, ann, Draft(text="a", html="a"), key="k")
    world.clock.advance(timedelta(minutes=5))
    await world.settle()
    [post] = await world.rows("select id from posts")
    async with world.ctx.db.transaction() as tx:
        again = await scheduling.schedule(tx, ann, Asked(text="later"), world.clock.now() + HOUR, key="k")
        assert again == post["id"] == await posts.publish(tx, ann, Draft(text="a", html="a"), key="k")
    assert len(await world.facts("PostPublished")) == 1


async def test_the_key_of_a_cancelled_post_is_free(world: World) -> None:
    ann = await person(world, "ann")
    made = await schedule(world, ann, key="k")
    async with world.ctx.db.transaction() as tx:
        await scheduling.cancel(tx, ann, made.id)
    assert (await schedule(world, ann, key="k")).id != made.id


async def failed(world: World, who: AccountId) -> str | None:
    """Why the only post to come of somebody could not be published."""
    world.clock.advance(HOUR)
    await world.settle()
    [kept] = await waiting(world, who)
    return kept.failure


async def test_a_reply_to_a_post_that_is_gone_is_kept_and_its_author_is_told_once(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    parent = await write(world, ben)
    made = await schedule(world, ann, "x" * 300, in_reply_to=parent.id)
    await delete(world, parent)
    assert await failed(world, ann) == "The post you are trying to reply to does not appear to exist."
    assert (await texts(world), len(await world.facts("ScheduledPostFailed"))) == ([], 1)
    [mail] = [mail for mail in world.mail.sent if "not published" in mail.subject]
    assert (mail.recipient, "does not appear to exist" in mail.body, "x" * 201 in mail.body) == (
        "ann@mail.example",
        True,
        False,
    )
    await publish_due(world.ctx, made.id)
    assert await texts(world) == []


async def test_a_reply_to_somebody_who_blocked_one_meanwhile_is_kept(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    parent = await write(world, ben)
    await schedule(world, ann, in_reply_to=parent.id)
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, ben, ann)
    assert await failed(world, ann) is not None
    assert await texts(world) == ["hello"]


async def test_what_a_frozen_account_scheduled_is_kept_and_goes_out_when_it_is_thawed_and_asked_again(
    world: World,
) -> None:
    ann = await person(world, "ann")
    made = await schedule(world, ann)
    async with world.ctx.db.transaction() as tx:
        user = await users.by_account(tx, ann)
        assert user is not None
        await users.disable(tx, user)
    assert await failed(world, ann) == "Your account cannot post at the moment"
    async with world.ctx.db.transaction() as tx:
        await users.enable(tx, user)
    world.clock.advance(HOUR)
    await world.settle()
    assert await texts(world) == []
    async with world.ctx.db.transaction() as tx:
        await scheduling.reschedule(tx, ann, made.id, world.clock.now() + HOUR)
    world.clock.advance(HOUR)
    await world.settle()
    assert (await texts(world), await waiting(world, ann)) == (["later"], [])


async def test_a_program_that_is_gone_keeps_nothing_from_being_published(world: World) -> None:
    ann = await person(world, "ann")
    app = (await program(world)).app.id
    await schedule(world, ann, app_id=app)
    assert [one.asked.app_id for one in await waiting(world, ann)] == [app]
    async with world.ctx.db.transaction() as tx:
        await tx.run("delete from apps where id = $1", app)
    assert [one.asked.app_id for one in await waiting(world, ann)] == [None]
    world.clock.advance(HOUR)
    await world.settle()
    assert await texts(world) == ["later"]


async def test_a_job_without_a_row_does_nothing(world: World) -> None:
    await publish_due(world.ctx, ScheduledId(1))
    assert await texts(world) == []

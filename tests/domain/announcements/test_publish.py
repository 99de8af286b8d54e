"""Announcements: written, published, over, taken back; read and reacted to."""

from datetime import timedelta

import pytest

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId, AnnouncementId
from marula.domain import announcements
from marula.domain.announcements import Draft, Sighted, reactions
from tests.domain.relationships.people import person
from tests.world import START, World

DAY = timedelta(days=1)


async def create(world: World, text: str = "Good news", *, publish: bool = True, **more: object) -> AnnouncementId:
    async with world.ctx.db.transaction() as tx:
        made = await announcements.create(tx, Draft(text=text, **more))  # pyright: ignore[reportArgumentType]
        if publish:
            await announcements.publish(tx, made)
    return made


async def seen(world: World, viewer: AccountId | None = None, *, dismissed: bool = False) -> list[Sighted]:
    async with world.ctx.db.reading() as db:
        return await announcements.sighted(db, viewer, dismissed=dismissed)


async def react(world: World, who: AccountId, announcement: AnnouncementId, name: str) -> None:
    known = await announcements.draft_reaction(world.ctx, name)
    async with world.ctx.db.transaction() as tx:
        await announcements.react(tx, who, announcement, known)


async def count(world: World, kind: str) -> int:
    return len(await world.facts(kind))


async def test_a_draft_is_read_by_nobody_until_it_is_published(world: World) -> None:
    made = await create(world, publish=False)
    assert await seen(world) == []
    async with world.ctx.db.transaction() as tx:
        await announcements.publish(tx, made)
        await announcements.publish(tx, made)
    assert [one.announcement.text for one in await seen(world)] == ["Good news"]
    assert await count(world, "AnnouncementPublished") == 1


async def test_a_scheduled_one_is_published_when_its_time_comes(world: World) -> None:
    await create(world, publish=False, scheduled_at=START + DAY)
    await reactions.publish_scheduled(world.ctx)
    assert await seen(world) == []
    world.clock.advance(DAY)
    for _ in range(2):
        await reactions.publish_scheduled(world.ctx)
    [one] = await seen(world)
    assert (one.published_at, one.announcement.scheduled_at) == (START + DAY, None)
    assert await count(world, "AnnouncementPublished") == 1


async def test_it_is_taken_back_when_it_is_over(world: World) -> None:
    await create(world, starts_at=START, ends_at=START + timedelta(hours=1))
    await reactions.withdraw_ended(world.ctx)
    assert len(await seen(world)) == 1
    world.clock.advance(timedelta(hours=1))
    for _ in range(2):
        await reactions.withdraw_ended(world.ctx)
    assert await seen(world) == []
    assert await count(world, "AnnouncementWithdrawn") == 1


async def test_one_of_whole_days_ends_with_its_last_day(world: World) -> None:
    await create(world, starts_at=START, ends_at=START, all_day=True)
    world.clock.advance(timedelta(hours=11))
    await reactions.withdraw_ended(world.ctx)
    assert len(await seen(world)) == 1
    world.clock.advance(timedelta(hours=1))
    await reactions.withdraw_ended(world.ctx)
    assert await seen(world) == []


async def test_an_edit_of_a_published_one_is_told(world: World) -> None:
    made = await create(world)
    world.clock.advance(DAY)
    async with world.ctx.db.transaction() as tx:
        await announcements.revise(tx, made, Draft(text="Better news"))
    [one] = await seen(world)
    assert (one.announcement.text, one.announcement.updated_at) == ("Better news", START + DAY)
    assert await count(world, "AnnouncementPublished") == 2


async def test_an_edit_of_a_draft_is_not_told(world: World) -> None:
    made = await create(world, publish=False)
    async with world.ctx.db.transaction() as tx:
        await announcements.revise(tx, made, Draft(text="Better news"))
    assert await count(world, "AnnouncementPublished") == 0


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (Draft(text=" "), "Text can't be blank"),
        (Draft(text="x" * 10_001), "Text is too long (maximum is 10000 characters)"),
        (Draft(text="x", ends_at=START), "Starts at can't be blank"),
        (Draft(text="x", starts_at=START), "Ends at can't be blank"),
        (Draft(text="x", starts_at=START, ends_at=START - DAY), "Ends at must not be before the start"),
        (Draft(text="x", all_day=True), "All day needs a start and an end"),
    ],
)
async def test_what_cannot_be_announced_is_refused(world: World, draft: Draft, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        async with world.ctx.db.transaction() as tx:
            await announcements.create(tx, draft)
    assert refusal.value.why == sentence


async def test_unpublishing_keeps_it_and_deleting_removes_it(world: World) -> None:
    made = await create(world)
    async with world.ctx.db.transaction() as tx:
        await announcements.unpublish(tx, made)
        await announcements.unpublish(tx, made)
        await announcements.delete(tx, made)
    assert await count(world, "AnnouncementWithdrawn") == 1
    for verb in (announcements.publish, announcements.unpublish, announcements.delete):
        with pytest.raises(NotFound):
            async with world.ctx.db.transaction() as tx:
                await verb(tx, made)


async def test_who_dismisses_it_is_not_shown_it_again_unless_they_ask(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    made = await create(world)
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await announcements.dismiss(tx, ann, made)
    assert await seen(world, ann) == []
    assert [one.read for one in await seen(world, ann, dismissed=True)] == [True]
    assert [one.read for one in await seen(world, bob)] == [False]


async def test_a_draft_cannot_be_dismissed_or_reacted_to(world: World) -> None:
    ann = await person(world, "ann")
    made = await create(world, publish=False)
    async with world.ctx.db.transaction() as tx:
        for verb in (announcements.react, announcements.unreact):
            with pytest.raises(NotFound):
                await verb(tx, ann, made, "🎉")
        with pytest.raises(NotFound):
            await announcements.dismiss(tx, ann, made)


async def test_reactions_are_counted_once_for_each_person_and_emoji(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    made = await create(world)
    for who, name in ((ann, "🎉"), (ann, "🎉"), (bob, "🎉"), (bob, "👍")):
        await react(world, who, made, name)
    [one] = await seen(world, ann)
    assert [(r.name, r.count, r.me) for r in one.reactions] == [("🎉", 2, True), ("👍", 1, False)]
    [one] = await seen(world)
    assert [r.me for r in one.reactions] == [False, False]
    assert await count(world, "AnnouncementReactionsChanged") == 3


async def test_a_reaction_is_taken_back_once(world: World) -> None:
    ann = await person(world, "ann")
    made = await create(world)
    await react(world, ann, made, "🎉")
    async with world.ctx.db.transaction() as tx:
        await announcements.unreact(tx, ann, made, "🎉")
    assert (await seen(world))[0].reactions == ()
    with pytest.raises(NotFound):
        async with world.ctx.db.transaction() as tx:
            await announcements.unreact(tx, ann, made, "🎉")


async def test_there_are_at_most_eight_different_reactions(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    made = await create(world)
    for name in "😀😁😂😃😄😅😆😇":
        await react(world, ann, made, name)
    with pytest.raises(Invalid, match="Limit of different reactions reached"):
        await react(world, ann, made, "😈")
    await react(world, bob, made, "😀")


@pytest.mark.parametrize("name", ["", "a", "🎉🎉", "1", "#", "🇩", "blobcat", "🎉 ", "x" * 1000])
async def test_what_is_no_emoji_is_no_reaction(world: World, name: str) -> None:
    with pytest.raises(Invalid, match="Name is not a recognized emoji"):
        await announcements.draft_reaction(world.ctx, name)


@pytest.mark.parametrize("name", ["🎉", "❤️", "❤", "👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈"])
async def test_every_emoji_is_a_reaction(world: World, name: str) -> None:
    assert await announcements.draft_reaction(world.ctx, name) == name

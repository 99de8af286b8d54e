"""Whatever people do, a feed that is built anew holds what it held when posts were written into it one by one."""

from random import Random

import pytest

from marula.base.kernel.ids import AccountId, ListId, PostId
from marula.base.kernel.paging import Page
from marula.domain import tags, timelines
from marula.domain.lists import RepliesPolicy
from marula.domain.posts import Post, Visibility
from marula.domain.relationships import FollowOptions
from tests.domain.lists.keeping import add, make, remove, revise
from tests.domain.posts.writing import boost, delete, follow, person, write
from tests.world import World

ALL = Page(limit=1000)
POLICIES: tuple[RepliesPolicy, ...] = ("followed", "list", "none")
TAGS = ("", "", "#baobab", "#marula", "#baobab #marula")


class Scene:
    """A reader with lists and hashtags, and people who write."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = Random(seed)
        self.lists: list[ListId] = []
        self.posts: list[Post] = []

    async def begin(self) -> None:
        chance, world = self.chance, self.world
        self.reader = await person(world, "reader")
        self.people = [await person(world, f"person{number}") for number in range(6)]
        followed = chance.sample(self.people, 4)
        for whom in followed:
            options = FollowOptions(reblogs=chance.random() < 0.7, languages=("de",) if chance.random() < 0.2 else None)
            await follow(world, self.reader, whom, options)
        async with world.ctx.db.transaction() as tx:
            await timelines.return_home(tx, self.reader)
            await tags.follow(tx, self.reader, "baobab")
        for policy in POLICIES:
            made = await make(world, self.reader, replies_policy=policy, exclusive=chance.random() < 0.3)
            async with world.ctx.db.transaction() as tx:
                await timelines.return_to_list(tx, made.id)
            await add(world, made, *chance.sample([*followed, self.reader], 3))
            self.lists.append(made.id)
            if chance.random() < 0.5:
                await remove(world, made, *followed)
                await add(world, made, *chance.sample(followed, 2))
            await revise(world, made, exclusive=chance.random() < 0.3)
        await world.settle()

    async def go_on(self) -> None:
        """Somebody does something."""
        chance, world = self.chance, self.world
        who, what = chance.choice([*self.people, self.reader]), chance.random()
        open_posts = [post for post in self.posts if post.visibility < Visibility.PRIVATE and not post.reblog_of_id]
        if what < 0.25 and open_posts and who != self.reader:
            self.posts.append(await boost(world, who, chance.choice(open_posts)))
        elif what < 0.3 and open_posts:
            await self._delete(chance.choice(open_posts))
        else:
            self.posts.append(await self._write(who, open_posts))
        await world.settle()

    async def _write(self, who: AccountId, open_posts: list[Post]) -> Post:
        chance = self.chance
        return await write(
            self.world,
            who,
            f"words {chance.choice(TAGS)} {chance.choice(['', '@reader'])}",
            visibility=chance.choice([Visibility.PUBLIC] * 4 + list(Visibility)[:4]),
            language=chance.choice(["de", "en", None]),
            in_reply_to=chance.choice(open_posts).id if open_posts and chance.random() < 0.4 else None,
        )

    async def _delete(self, post: Post) -> None:
        """Only posts: a boost that goes makes place for an earlier one of the same post when the feed is built anew."""
        await delete(self.world, post)
        self.posts = [one for one in self.posts if post.id not in (one.id, one.reblog_of_id)]

    async def feeds(self) -> list[list[PostId]]:
        async with self.world.ctx.db.reading() as db:
            home = await timelines.home(db, self.reader, ALL)
            return [home, *[await timelines.of_list(db, which, ALL) for which in self.lists]]

    async def build_anew(self) -> None:
        async with self.world.ctx.db.transaction() as tx:
            for table in ("home_entries", "home_feeds", "list_entries", "list_feeds"):
                await tx.run(f"delete from {table}")
            assert await timelines.return_home(tx, self.reader)
            for which in self.lists:
                assert await timelines.return_to_list(tx, which)


@pytest.mark.parametrize("seed", range(6))
async def test_feeds_built_anew_hold_what_they_held(world: World, seed: int) -> None:
    scene = Scene(world, seed)
    await scene.begin()
    for _ in range(40):
        await scene.go_on()
    before = await scene.feeds()
    assert sum(map(len, before)) > 10
    await scene.build_anew()
    assert await scene.feeds() == before

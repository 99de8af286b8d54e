"""Who gets what: whoever may read a post and has to do with it, and nobody else, whatever the people and the post."""

from random import Random

import pytest

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import interactions, posts, relationships
from marula.domain.posts import Draft, Mentioned, Post, Visibility
from tests.domain.posts.writing import delete, person, seen
from tests.faces.activitypub.composing.people import learn, owed
from tests.world import World

SERVERS = ("one.example", "two.example", "lone.example", "sole.example")
SHARED = ("one.example", "two.example")


class People:
    """Two authors here, and people on servers with and without a shared inbox."""

    def __init__(self, world: World, random: Random) -> None:
        self.world, self.random = world, random
        self.authors: list[AccountId] = []
        self.inboxes: dict[AccountId, str] = {}

    async def arrive(self) -> None:
        """Let them be, and follow and block each other at random."""
        self.authors = [await person(self.world, name) for name in ("ann", "bob")]
        for domain in SERVERS:
            for name in ("cat", "dan"):
                made = await learn(self.world, name, domain, shared=domain in SHARED)
                shared = f"https://{domain}/inbox"
                self.inboxes[made] = shared if domain in SHARED else f"https://{domain}/users/{name}/inbox"
        async with self.world.ctx.db.transaction() as tx:
            for who in self.inboxes:
                for author in self.authors:
                    if self.random.random() < 0.4:
                        await relationships.follow(tx, who, author)
                    elif self.random.random() < 0.2:
                        await relationships.block(tx, author, who)
        await self.world.settle()

    async def write(self, parent: Post | None) -> Post:
        """A post of any reach that names anybody, and answers another or not."""
        author = self.random.choice(self.authors)
        named = self.random.sample(list(self.inboxes), self.random.randrange(4))
        draft = Draft(
            text="",
            html="<p>x</p>",
            visibility=self.random.choice(list(Visibility)),
            mentions=tuple(Mentioned(one) for one in named),
            in_reply_to=None if parent is None or self.random.random() < 0.5 else parent.id,
        )
        async with self.world.ctx.db.transaction() as tx:
            made = await posts.publish(tx, author, draft)
        return await seen(self.world, made)

    async def touch(self, post: Post) -> None:
        """Let those who may read a post do something with it."""
        readers = sorted(await self.readers(post.id))
        async with self.world.ctx.db.transaction() as tx:
            for who in readers:
                if self.random.random() < 0.3:
                    await interactions.favourite(tx, who, post)

    async def readers(self, post: PostId) -> set[AccountId]:
        """Those elsewhere who may read a post."""
        found: set[AccountId] = set()
        for who in self.inboxes:
            async with self.world.ctx.db.reading() as db:
                try:
                    await posts.readable(db, who, post)
                except NotFound:
                    continue
            found.add(who)
        return found

    async def due(self, post: Post) -> set[AccountId]:
        """Those who must get a post: whom it names, and the followers of its author unless it is for those it names."""
        rows = await self.world.rows("select account_id from mentions where post_id = $1", post.id)
        named = {AccountId(row["account_id"]) for row in rows}
        if post.visibility in (Visibility.DIRECT, Visibility.LIMITED):
            return named
        rows = await self.world.rows("select account_id from follows where target_id = $1", post.account_id)
        return named | {row["account_id"] for row in rows}


async def told(world: World, kind: str, uri: str) -> list[set[str]]:
    """To which inboxes activities of this kind about a post went."""
    return [set(where) for document, where in await owed(world, kind) if document["object"]["id"] == uri]


@pytest.mark.parametrize("seed", range(12))
async def test_a_post_goes_to_all_who_should_have_it_and_to_nobody_who_may_not(world: World, seed: int) -> None:
    people = People(world, Random(seed))
    await people.arrive()
    parent: Post | None = None
    for _ in range(6):
        post = await people.write(parent)
        readers, due = await people.readers(post.id), await people.due(post)
        await world.settle()
        uri = f"https://marula.example/ap/users/{post.account_id}/statuses/{post.id}"
        created = await told(world, "Create", uri)
        reached = created[0] if created else set[str]()
        assert {people.inboxes[one] for one in due & readers} <= reached
        assert reached <= {people.inboxes[one] for one in readers}
        await people.touch(post)
        await delete(world, post)
        await world.settle()
        deleted = await told(world, "Delete", uri)
        assert reached <= (deleted[0] if deleted else set[str]())
        assert (deleted[0] if deleted else set[str]()) <= {people.inboxes[one] for one in readers} | reached
        parent = await people.write(None)
        await world.settle()

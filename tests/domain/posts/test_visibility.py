"""Who may know of a post, as a table."""

import pytest

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import posts, relationships
from marula.domain.posts import NO_TIES, Ties, Visibility
from tests.domain.posts.writing import follow, person, write
from tests.world import World

AUTHOR, OTHER = AccountId(1), AccountId(2)
FOLLOWS, MENTIONED = Ties(follows=True), Ties(mentioned=True)
BLOCKED = Ties(blocked_by=True, mentioned=True, follows=True)


SEEN = [
    # viewer, ties, public, unlisted, private, direct, limited
    (None, NO_TIES, (True, True, False, False, False)),
    (OTHER, NO_TIES, (True, True, False, False, False)),
    (OTHER, FOLLOWS, (True, True, True, False, False)),
    (OTHER, MENTIONED, (True, True, True, True, True)),
    (OTHER, Ties(blocks=True, mutes=True), (True, True, False, False, False)),
    (OTHER, BLOCKED, (False, False, False, False, False)),
    (AUTHOR, NO_TIES, (True, True, True, True, True)),
]


@pytest.mark.parametrize(("viewer", "ties", "expected"), SEEN)
def test_who_may_know_of_a_post(viewer: AccountId | None, ties: Ties, expected: tuple[bool, ...]) -> None:
    assert tuple(posts.rules.visible(v, AUTHOR, False, viewer, ties) for v in Visibility) == expected


@pytest.mark.parametrize(("viewer", "ties", "_"), SEEN)
def test_of_the_suspended_nothing_is_known(viewer: AccountId | None, ties: Ties, _: object) -> None:
    assert not any(posts.rules.visible(v, AUTHOR, True, viewer, ties) for v in Visibility)


@pytest.mark.parametrize(
    ("viewer", "ties", "expected"),
    [
        (None, NO_TIES, True),
        (OTHER, FOLLOWS, True),
        (OTHER, Ties(blocks=True), False),
        (OTHER, Ties(mutes=True), False),
        (OTHER, Ties(blocked_by=True), False),
        (AUTHOR, NO_TIES, True),
    ],
)
def test_what_belongs_in_a_list(viewer: AccountId | None, ties: Ties, expected: bool) -> None:
    assert posts.rules.wanted(AUTHOR, viewer, ties) is expected


def test_a_limited_post_is_shown_as_private() -> None:
    assert [visibility.word for visibility in Visibility] == ["public", "unlisted", "private", "direct", "private"]


async def readable(world: World, viewer: AccountId | None, post: posts.Post) -> bool:
    async with world.ctx.db.reading() as db:
        try:
            return (await posts.readable(db, viewer, post.id)).id == post.id
        except NotFound:
            return False


async def test_the_ties_are_read_as_they_stand(world: World) -> None:
    ann, ben, cat, dog = [await person(world, name) for name in ("ann", "ben", "cat", "dog")]
    await follow(world, ben, ann)
    post = await write(world, ann, "@cat hello", visibility=Visibility.PRIVATE)
    assert [await readable(world, who, post) for who in (ann, ben, cat, dog, None)] == [True, True, True, False, False]
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, ann, cat)
    assert not await readable(world, cat, post)


async def test_who_blocks_or_mutes_may_still_look(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, ben, ann)
        await relationships.mute(tx, ben, ann)
        ties = await posts.ties(tx, ben, post.id, ann)
    assert ties == Ties(blocks=True, mutes=True)
    assert await readable(world, ben, post)

"""A post's thread: what it answers, and what answers it."""

from marula.domain import timelines
from marula.domain.posts import Post
from tests.domain.posts.writing import person, write
from tests.world import World


def ids(*found: Post) -> list[int]:
    return [post.id for post in found]


async def thread(
    world: World, post: Post, above: int = 40, below: int = 60, depth: int = 20
) -> tuple[list[int], list[int]]:
    async with world.ctx.db.reading() as db:
        up, down = await timelines.thread(db, post.id, above=above, below=below, depth=depth)
    return list(up), list(down)


async def test_each_answer_stands_after_what_it_answers(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    root = await write(world, ann)
    one = await write(world, ben, in_reply_to=root.id)
    two = await write(world, ben, in_reply_to=root.id)
    to_one = await write(world, ann, in_reply_to=one.id)
    deep = await write(world, ben, in_reply_to=to_one.id)
    assert await thread(world, root) == ([], ids(one, to_one, deep, two))
    assert await thread(world, to_one) == (ids(root, one), ids(deep))
    assert await thread(world, two) == (ids(root), [])


async def test_who_goes_on_writing_comes_before_those_who_answer(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    root = await write(world, ann)
    answer = await write(world, ben, in_reply_to=root.id)
    second = await write(world, ann, in_reply_to=root.id)
    to_answer = await write(world, ann, in_reply_to=answer.id)
    third = await write(world, ann, in_reply_to=second.id)
    assert await thread(world, root) == ([], ids(second, third, answer, to_answer))


async def test_a_long_thread_is_cut_at_the_far_ends(world: World) -> None:
    ann = await person(world, "ann")
    chain = [await write(world, ann)]
    for _ in range(5):
        chain.append(await write(world, ann, in_reply_to=chain[-1].id))
    assert await thread(world, chain[3], above=2, below=1) == (ids(*chain[1:3]), ids(chain[4]))
    assert await thread(world, chain[0], depth=2) == ([], ids(*chain[1:3]))

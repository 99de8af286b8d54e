"""Reactions with emoji, both ways: what others feel about our posts, and what ours feel about theirs."""

from typing import Any

import pytest

from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Caller, Crowd
from tests.peer import Somebody
from tests.world import World

MANGO = "🥭"

pytestmark = pytest.mark.usefixtures("linked")


async def shown(caller: Caller, post: str) -> dict[str, Any]:
    """A post as somebody sees it."""
    return await caller.get(f"/api/v1/statuses/{post}")


async def custom(world: World, domain: str | None) -> None:
    """Let a server have an emoji :blob:."""
    async with world.ctx.db.transaction() as tx:
        await tx.run(
            """
            insert into custom_emojis (shortcode, domain, url, static_url, created_at)
            values ('blob', $1, 'https://media.example/blob.gif', 'https://media.example/blob.png', $2)
            """,
            domain,
            tx.now,
        )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("EmojiReact", {"content": MANGO}),
        ("Like", {"content": MANGO}),
        ("Like", {"_misskey_reaction": MANGO}),
        ("Like", {"content": [MANGO], "_misskey_reaction": None}),
    ],
)
async def test_a_reaction_shows_its_emoji_and_is_a_favourite(
    crowd: Crowd, sending: Sending, bob: Somebody, kind: str, said: dict[str, Any]
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    react = bob.activity(kind, post["uri"], **said)
    assert await sending.tell(bob, react, react) == ("accepted", None)
    seen = await shown(ann, post["id"])
    assert (seen["reactions"], seen["favourites_count"]) == ([{"name": MANGO, "count": 1, "me": False}], 1)
    (told,) = await ann.get("/api/v1/notifications")
    assert (told["type"], told["status"]["reactions"][0]["name"]) == ("favourite", MANGO)
    assert (await shown(crowd.nobody, post["id"]))["reactions"] == [{"name": MANGO, "count": 1}]
    await sending.tell(bob, bob.activity("Undo", react))
    seen = await shown(ann, post["id"])
    assert ("reactions" in seen, seen["favourites_count"]) == (False, 0)


@pytest.mark.parametrize("words", ["mango", "", None, 3, ["x" * 9000], {"a": 1}, "🥭🥭🥭", ":no good:"])
async def test_a_reaction_that_says_no_emoji_is_a_favourite(
    crowd: Crowd, sending: Sending, bob: Somebody, words: Any
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    assert await sending.tell(bob, bob.activity("Like", post["uri"], content=words)) == ("accepted", None)
    seen = await shown(ann, post["id"])
    assert ("reactions" in seen, seen["favourites_count"]) == (False, 1)


async def test_custom_emoji_are_of_the_server_of_who_reacts(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    await custom(world, "beta.example")
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    react = bob.activity("Like", post["uri"], content=":blob:", _misskey_reaction=":blob:")
    await sending.tell(bob, react)
    (reaction,) = (await shown(ann, post["id"]))["reactions"]
    assert reaction == {
        "name": "blob@beta.example",
        "count": 1,
        "me": False,
        "url": "https://media.example/blob.gif",
        "static_url": "https://media.example/blob.png",
    }
    joined = await ann.call("PUT", f"/api/v1/pleroma/statuses/{post['id']}/reactions/blob@beta.example")
    assert joined.json()["reactions"] == [reaction | {"count": 2, "me": True}]


async def test_one_of_several_reactions_is_taken_back_by_its_id(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    first, second = (bob.activity("EmojiReact", post["uri"], content=one) for one in (MANGO, "🐝"))
    like = bob.activity("Like", post["uri"])
    await sending.tell(bob, first, second, like, bob.activity("Undo", first["id"]))
    seen = await shown(ann, post["id"])
    assert ([one["name"] for one in seen["reactions"]], seen["favourites_count"]) == (["🐝"], 1)
    await sending.tell(bob, bob.activity("Undo", second))
    seen = await shown(ann, post["id"])
    assert ("reactions" in seen, seen["favourites_count"]) == (False, 1)
    await sending.tell(bob, bob.activity("Undo", like))
    assert (await shown(ann, post["id"]))["favourites_count"] == 0


async def test_a_like_that_is_taken_back_leaves_the_reaction(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    like, react = bob.activity("Like", post["uri"]), bob.activity("EmojiReact", post["uri"], content=MANGO)
    await sending.tell(bob, like, react, bob.activity("Undo", like))
    seen = await shown(ann, post["id"])
    assert (len(seen["reactions"]), seen["favourites_count"]) == (1, 1)
    await sending.tell(bob, bob.activity("Undo", react["id"]))
    seen = await shown(ann, post["id"])
    assert ("reactions" in seen, seen["favourites_count"]) == (False, 0)


async def test_nobody_gives_more_reactions_than_a_few(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    fruit = "🍇🍈🍉🍊🍋🍌🍍🥭🍎"
    told = [await sending.tell(bob, bob.activity("EmojiReact", post["uri"], content=one)) for one in fruit]
    assert [state for state, _ in told] == ["accepted"] * 8 + ["rejected"]
    assert len((await shown(ann, post["id"]))["reactions"]) == 8


async def test_ours_react_and_the_author_is_told_once_with_the_emoji(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    await custom(world, None)
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    await sending.tell(bob, bob.activity("Create", bob.note()))
    (post,) = await home(ann)
    path = f"/api/v1/pleroma/statuses/{post['id']}/reactions"
    for emoji in (MANGO, MANGO, "blob"):
        await ann.call("PUT", f"{path}/{emoji}")
        await sending.work()
    character, picture = bob.server.received("Like")
    assert (character["content"], character["object"], character["tag"]) == (MANGO, post["uri"], [])
    assert character["_misskey_reaction"] == MANGO
    assert (picture["content"], picture["tag"][0]["name"]) == (":blob:", ":blob:")
    assert picture["tag"][0]["icon"]["url"] == "https://media.example/blob.gif"
    await ann.call("DELETE", f"{path}/{MANGO}")
    await sending.work()
    (undo,) = bob.server.received("Undo")
    assert (undo["object"]["id"], undo["object"]["content"]) == (character["id"], MANGO)
    assert (await shown(ann, post["id"]))["favourited"] is True
    await ann.post(f"/api/v1/statuses/{post['id']}/unfavourite")
    await sending.work()
    assert [one["object"]["id"] for one in bob.server.received("Undo")] == [character["id"], picture["id"]]
    seen = await shown(ann, post["id"])
    assert ("reactions" in seen, seen["favourited"], seen["favourites_count"]) == (False, False, 0)

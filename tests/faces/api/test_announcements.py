"""Announcements through the API."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from marula.base.db import statements_run
from marula.base.kernel.ids import AnnouncementId
from marula.domain import announcements, emoji
from marula.domain.announcements import Draft
from tests.faces.api.caller import Caller, Crowd

PATH = "/api/v1/announcements"


async def announce(crowd: Crowd, text: str) -> AnnouncementId:
    async with crowd.world.ctx.db.transaction() as tx:
        made = await announcements.create(tx, Draft(text=text))
        await announcements.publish(tx, made)
    return made


async def draw_tada(crowd: Crowd) -> None:
    await crowd.world.rows(
        "insert into custom_emojis (shortcode, url, static_url, created_at) "
        "values ('tada', 'https://x.example/a.gif', 'https://x.example/a.png', now())"
    )
    crowd.world.ctx.memory.forget(emoji.LOCAL.name)


async def only(who: Caller) -> dict[str, Any]:
    [one] = await who.get(PATH)
    return one


async def test_an_announcement_is_rendered_with_all_that_it_names(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("the post")
    await draw_tada(crowd)
    await announce(crowd, f"Thanks @ann and @nobody :tada: see #News {post['url']} and https://marula.example/@ann/1")
    one = await only(ann)
    assert 'class="u-url mention">@<span>ann</span>' in one["content"]
    assert one["mentions"] == [
        {"id": str(ann.account), "username": "ann", "url": "https://marula.example/@ann", "acct": "ann"}
    ]
    assert [status["id"] for status in one["statuses"]] == [post["id"]]
    assert one["tags"] == [{"name": "news", "url": "https://marula.example/tags/news"}]
    assert [emoji["shortcode"] for emoji in one["emojis"]] == ["tada"]
    assert (one["read"], one["reactions"]) == (False, [])


async def test_a_post_that_the_reader_may_not_see_is_not_shown_with_it(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("for few", visibility="private")
    await announce(crowd, f"Read {post['url']}")
    assert (await only(bob))["statuses"] == []


async def test_reactions_show_who_reacted_and_custom_emoji_their_pictures(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await draw_tada(crowd)
    made = await announce(crowd, "Party")
    for who, name in ((ann, "🎉"), (bob, "🎉"), (bob, "tada")):
        assert (await who.call("PUT", f"{PATH}/{made}/reactions/{quote(name)}")).json() == {}
        crowd.world.clock.advance(timedelta(seconds=1))
    assert (await only(ann))["reactions"] == [
        {"name": "🎉", "count": 2, "me": True},
        {
            "name": "tada",
            "count": 1,
            "me": False,
            "url": "https://x.example/a.gif",
            "static_url": "https://x.example/a.png",
        },
    ]
    await ann.call("DELETE", f"{PATH}/{made}/reactions/{quote('🎉')}")
    assert (await only(ann))["reactions"][0] == {"name": "🎉", "count": 1, "me": False}


async def test_a_dismissed_one_is_shown_only_when_asked_for(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    made = await announce(crowd, "Read me")
    assert await ann.post(f"{PATH}/{made}/dismiss") == {}
    assert await ann.get(PATH) == []
    assert [one["read"] for one in await ann.get(f"{PATH}?with_dismissed=true")] == [True]


async def test_what_cannot_be_is_refused_with_the_right_error(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    made = await announce(crowd, "Party")
    wrong = await ann.call("PUT", f"{PATH}/{made}/reactions/nothing", expect=422)
    assert wrong.json() == {"error": "Validation failed: Name is not a recognized emoji"}
    await ann.call("DELETE", f"{PATH}/{made}/reactions/{quote('🎉')}", expect=404)
    for path in (f"{PATH}/1/reactions/{quote('🎉')}", f"{PATH}/x/reactions/{quote('🎉')}"):
        assert (await ann.call("PUT", path, expect=404)).json() == {"error": "Record not found"}
    await ann.post(f"{PATH}/1/dismiss", expect=404)
    await crowd.nobody.get(PATH, expect=401)
    reader = await crowd.join("bob", scopes="read")
    await reader.get(PATH)
    await reader.post(f"{PATH}/{made}/dismiss", expect=403)
    await reader.call("PUT", f"{PATH}/{made}/reactions/{quote('🎉')}", expect=403)


async def test_the_number_of_statements_does_not_grow_with_the_announcements(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    counts: list[int] = []
    for _ in range(2):
        await announce(crowd, "Dear @ann")
        await ann.get(PATH)
        with statements_run() as count:
            await ann.get(PATH)
        counts.append(count())
    assert counts[0] == counts[1]

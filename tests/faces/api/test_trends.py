"""Trends through the API."""

from datetime import timedelta
from typing import Any

import pytest

from marula.base.db import statements_run
from marula.domain import cards, discovery, site
from marula.domain.cards import Card
from tests.faces.api.caller import Caller, Crowd

PAGE = "https://news.example/story"


async def people(crowd: Crowd, number: int) -> list[Caller]:
    """People who want to be found."""
    made = [await crowd.join(f"person{count}") for count in range(number)]
    for one in made:
        await one.call("PATCH", "/api/v1/accounts/update_credentials", json={"discoverable": True})
    return made


async def refresh(crowd: Crowd) -> None:
    """The trends as the timer leaves them."""
    await crowd.world.settle()
    for _ in range(2):
        await discovery.reactions.refresh_trends(crowd.world.ctx)


async def let_all_trend(crowd: Crowd) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        await site.change(tx, "trendable_by_default", "true")


async def describe(crowd: Crowd) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        link = await cards.by_url(tx, PAGE)
        assert link is not None
        await cards.describe(tx, link, Card(title="A story", author_url="https://news.example/ann"))


def names(found: list[dict[str, Any]]) -> list[str]:
    return [one["name"] for one in found]


async def test_a_hashtag_that_enough_people_use_trends_once_it_is_reviewed(crowd: Crowd) -> None:
    for person in await people(crowd, 5):
        await person.write("I like #Marula")
        await person.write("and #rare things" if person.account is None else "nothing")
    await refresh(crowd)
    assert await crowd.nobody.get("/api/v1/trends/tags") == []
    (tag,) = await crowd.world.rows("select id, review_wanted_at from trending_tags")
    assert tag["review_wanted_at"] is not None
    assert len(await crowd.world.facts("TrendReviewWanted")) == 1
    async with crowd.world.ctx.db.transaction() as tx:
        await discovery.review_trend(tx, "tags", tag["id"], trendable=True)
    (found,) = await crowd.nobody.get("/api/v1/trends/tags")
    assert found["name"] == "Marula"
    assert (found["history"][0]["uses"], found["history"][0]["accounts"]) == ("5", "5")
    assert (await crowd.nobody.get("/api/v1/trends"))[0]["name"] == "Marula"
    async with crowd.world.ctx.db.transaction() as tx:
        await discovery.review_trend(tx, "tags", tag["id"], trendable=False)
    assert await crowd.nobody.get("/api/v1/trends/tags") == []


async def test_what_few_people_use_often_does_not_trend(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    for person in await people(crowd, 4):
        for _ in range(3):
            await person.write("I like #marula")
    await refresh(crowd)
    assert await crowd.world.rows("select * from trending_tags") == []


@pytest.mark.parametrize("change", [{"discoverable": False}, None])
async def test_people_who_are_not_to_be_found_or_limited_count_for_nothing(
    crowd: Crowd, change: dict[str, bool] | None
) -> None:
    await let_all_trend(crowd)
    made = await people(crowd, 5)
    for person in made:
        await person.write(f"I like #marula {PAGE}")
    if change is None:
        async with crowd.world.ctx.db.transaction() as tx:
            await tx.run("update accounts set silenced_at = $2 where id = $1", made[0].account, tx.now)
    else:
        await made[0].call("PATCH", "/api/v1/accounts/update_credentials", json=change)
    await refresh(crowd)
    assert await crowd.nobody.get("/api/v1/trends/tags") == []
    assert await crowd.world.rows("select * from trending_links") == []


async def test_quiet_posts_count_for_nothing(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    for person in await people(crowd, 5):
        await person.write(f"I like #marula {PAGE}", visibility="unlisted")
    await refresh(crowd)
    assert await crowd.nobody.get("/api/v1/trends/tags") == []
    assert await crowd.world.rows("select * from post_links") == []


async def test_trends_fade(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    for person in await people(crowd, 6):
        await person.write("#marula")
    await refresh(crowd)
    assert names(await crowd.nobody.get("/api/v1/trends/tags")) == ["marula"]
    crowd.world.clock.advance(timedelta(hours=16))
    await refresh(crowd)
    assert names(await crowd.nobody.get("/api/v1/trends/tags")) == ["marula"]
    crowd.world.clock.advance(timedelta(hours=8))
    await refresh(crowd)
    assert await crowd.nobody.get("/api/v1/trends/tags") == []
    assert await crowd.world.rows("select * from trending_tags") == []


async def test_trends_are_paged_by_offset(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    for count, person in enumerate(await people(crowd, 7)):
        await person.write(" ".join(f"#tag{number}" for number in range(3) if count >= number))
    await refresh(crowd)
    first = await crowd.nobody.call("GET", "/api/v1/trends/tags?limit=2")
    assert names(first.json()) == ["tag0", "tag1"]
    assert first.links["next"]["url"] == "https://marula.example/api/v1/trends/tags?limit=2&offset=2"
    second = await crowd.nobody.call("GET", "/api/v1/trends/tags?limit=2&offset=2")
    assert names(second.json()) == ["tag2"]
    assert set(second.links) == {"prev"}
    assert await crowd.nobody.get("/api/v1/trends/tags?offset=99999999999999999999") == []


async def loved(crowd: Crowd, author: Caller, fans: list[Caller], text: str, **more: Any) -> str:
    """A post that all of them like."""
    post = await author.write(text, **({"language": "en"} | more))
    for fan in fans:
        await fan.post(f"/api/v1/statuses/{post['id']}/favourite")
    return post["id"]


async def test_posts_that_many_like_trend_the_best_first(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    author, *fans = await people(crowd, 7)
    less = await loved(crowd, author, fans[:5], "good")
    more = await loved(crowd, author, fans, "better")
    await loved(crowd, author, fans[:4], "not enough")
    await refresh(crowd)
    assert [one["id"] for one in await crowd.nobody.get("/api/v1/trends/statuses")] == [more, less]
    crowd.world.clock.advance(timedelta(hours=5))
    await refresh(crowd)
    assert await crowd.nobody.get("/api/v1/trends/statuses") == []


async def test_no_answer_warning_or_quiet_post_trends(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    author, *fans = await people(crowd, 6)
    root = await author.write("root")
    await loved(crowd, author, fans, "an answer", in_reply_to_id=root["id"])
    await loved(crowd, author, fans, "warned", spoiler_text="beware")
    await loved(crowd, author, fans, "sensitive", sensitive=True)
    await loved(crowd, author, fans, "quiet", visibility="unlisted")
    await refresh(crowd)
    assert await crowd.world.rows("select * from trending_posts") == []


async def test_posts_of_whom_one_blocks_or_mutes_are_left_out_and_so_are_those_of_the_hidden(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    author, *fans = await people(crowd, 6)
    await loved(crowd, author, fans, "good")
    await refresh(crowd)
    await fans[0].post(f"/api/v1/accounts/{author.account}/mute")
    await fans[1].post(f"/api/v1/accounts/{author.account}/block")
    await author.post(f"/api/v1/accounts/{fans[2].account}/block")
    for fan in fans[:3]:
        assert await fan.get("/api/v1/trends/statuses") == []
    assert len(await fans[3].get("/api/v1/trends/statuses")) == 1
    await author.call("PATCH", "/api/v1/accounts/update_credentials", json={"discoverable": False})
    assert await crowd.nobody.get("/api/v1/trends/statuses") == []


async def test_links_that_enough_people_share_trend_with_what_is_behind_them(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    made = await people(crowd, 5)
    for person in made:
        await person.write(f"read this: {PAGE}#part")
    await refresh(crowd)
    assert await crowd.nobody.get("/api/v1/trends/links") == []
    await describe(crowd)
    (found,) = await made[0].get("/api/v1/trends/links")
    assert (found["url"], found["title"]) == (PAGE, "A story")
    assert (found["history"][0]["uses"], found["history"][0]["accounts"]) == ("5", "5")


async def test_the_timeline_of_a_link_has_the_public_posts_with_it(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    made = await people(crowd, 6)
    written = [(await person.write(f"read this: {PAGE}"))["id"] for person in made]
    await made[0].write(f"quiet: {PAGE}", visibility="unlisted")
    await crowd.world.settle()
    await crowd.nobody.get("/api/v1/timelines/link", params={"url": PAGE}, expect=404)
    await refresh(crowd)
    await made[0].post(f"/api/v1/accounts/{made[1].account}/block")
    answer = await crowd.nobody.call("GET", "/api/v1/timelines/link", params={"url": PAGE, "limit": 2})
    assert [one["id"] for one in answer.json()] == written[:3:-1]
    assert set(answer.links) == {"next", "prev"}
    assert len(await made[0].get("/api/v1/timelines/link", params={"url": PAGE})) == 5
    for wrong in ("https://other.example/", "", "nonsense"):
        await crowd.nobody.get("/api/v1/timelines/link", params={"url": wrong}, expect=404)


async def test_an_edited_post_links_to_what_it_says_now(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write(f"read {PAGE} and https://a.example/")
    await crowd.world.settle()
    await ann.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": f"only {PAGE}"})
    await crowd.world.settle()
    rows = await crowd.world.rows("select url from post_links join links on links.id = link_id")
    assert [row["url"] for row in rows] == [PAGE]
    for _ in range(2):
        crowd.world.clock.advance(timedelta(days=1))
        await discovery.reactions.forget_links(crowd.world.ctx)
    assert len(await crowd.world.rows("select * from links")) == 1


async def test_nothing_trends_where_trends_are_switched_off(crowd: Crowd) -> None:
    await let_all_trend(crowd)
    for person in await people(crowd, 5):
        await person.write(f"#marula {PAGE}")
    await refresh(crowd)
    await describe(crowd)
    async with crowd.world.ctx.db.transaction() as tx:
        await site.change(tx, "trends", "false")
    for path in ("tags", "links", "statuses"):
        assert await crowd.nobody.get(f"/api/v1/trends/{path}") == []
    await crowd.nobody.get("/api/v1/timelines/link", params={"url": PAGE}, expect=404)


async def test_refreshing_takes_as_many_statements_for_many_as_for_few(crowd: Crowd) -> None:
    counts: list[int] = []
    made = await people(crowd, 5)
    for number in (1, 5):
        for person in made:
            await person.write(" ".join(f"#t{number}x{count}" for count in range(number)))
        await refresh(crowd)
        with statements_run() as count:
            await discovery.reactions.refresh_trends(crowd.world.ctx)
        counts.append(count())
    assert counts[0] == counts[1]

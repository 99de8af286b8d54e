"""Search through the API."""

from typing import Any

import pytest

from marula.base.db import statements_run
from marula.base.kernel.paging import Page
from marula.domain import accounts, discovery
from marula.domain.accounts import NewAccount
from tests.faces.api.caller import Caller, Crowd


async def open_author(crowd: Crowd, name: str) -> Caller:
    """Somebody who lets anybody find their posts."""
    caller = await crowd.join(name)
    await caller.call("PATCH", "/api/v1/accounts/update_credentials", json={"indexable": True})
    return caller


async def posts(who: Caller, typed: str, **more: Any) -> list[str]:
    """The texts that somebody finds."""
    asked = {"q": typed, "type": "statuses"} | more
    found = await who.get("/api/v2/search", params=asked)
    assert found["accounts"] == found["hashtags"] == []
    return [one["content"].removeprefix("<p>").removesuffix("</p>") for one in found["statuses"]]


async def test_anybody_finds_the_public_posts_of_those_who_let_them(crowd: Crowd) -> None:
    ann, bob, cat = await open_author(crowd, "ann"), await crowd.join("bob"), await crowd.join("cat")
    await ann.write("Green tea")
    await ann.write("Green quiet tea", visibility="unlisted")
    await ann.write("Green secret tea", visibility="private")
    await bob.write("Green tea of somebody who is not to be found")
    await crowd.world.settle()
    assert await posts(cat, "green TEA") == ["Green tea"]
    assert await posts(cat, "green coffee") == []


async def test_one_finds_all_that_one_wrote(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for visibility in ("public", "unlisted", "private", "direct"):
        await ann.write(f"tea {visibility}", visibility=visibility)
    await crowd.world.settle()
    assert await posts(ann, "tea") == ["tea direct", "tea private", "tea unlisted", "tea public"]
    assert await posts(ann, "tea in:public") == []
    assert len(await posts(ann, "tea in:library")) == 4


@pytest.mark.parametrize("verb", ["favourite", "bookmark", "reblog"])
async def test_what_one_marked_is_found_until_one_takes_it_back(crowd: Crowd, verb: str) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    post = await ann.write("green tea")
    await bob.post(f"/api/v1/statuses/{post['id']}/{verb}")
    await crowd.world.settle()
    assert await posts(bob, "tea in:library") == ["green tea"]
    assert await posts(cat, "tea") == []
    await bob.post(f"/api/v1/statuses/{post['id']}/un{verb}")
    await crowd.world.settle()
    assert await posts(bob, "tea") == []
    assert await crowd.world.rows("select * from search_library") == []


async def test_one_finds_what_one_answered_voted_in_or_is_named_in(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    asked = await ann.write("tea or coffee?", poll={"options": ["green tea", "black coffee"], "expires_in": 3600})
    said = await ann.write("tea is ready")
    await ann.write("@bob your tea", visibility="direct")
    await bob.post(f"/api/v1/polls/{asked['poll']['id']}/votes", {"choices": [0]})
    await bob.write("@ann coming", in_reply_to_id=said["id"])
    await crowd.world.settle()
    assert len(await posts(bob, "tea")) == 3
    assert await posts(bob, '"black coffee"') == ["tea or coffee?"]
    assert await posts(bob, "is:reply") == [(await posts(bob, "coming"))[0]]


async def test_somebody_named_no_longer_finds_the_post_no_longer(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("@bob tea")
    await crowd.world.settle()
    assert len(await posts(bob, "tea")) == 1
    await ann.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": "tea for nobody"})
    await crowd.world.settle()
    assert await posts(bob, "tea") == []


async def test_edited_posts_are_found_by_what_they_say_now_and_deleted_ones_not_at_all(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("green tea")
    await crowd.world.settle()
    await ann.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": "black coffee"})
    await crowd.world.settle()
    assert await posts(ann, "tea") == []
    assert await posts(ann, "coffee") == ["black coffee"]
    await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    assert await posts(ann, "coffee") == []
    assert await crowd.world.rows("select * from search_posts") == []


async def test_an_author_who_changes_their_mind_is_found_at_once_or_no_longer(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await ann.write("green tea")
    await crowd.world.settle()
    for indexable, found in ((True, ["green tea"]), (False, []), (True, ["green tea"])):
        await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"indexable": indexable})
        if not indexable:
            assert await posts(bob, "tea") == []
        await crowd.world.settle()
        assert await posts(bob, "tea") == found


async def test_limited_suspended_blocked_and_muted_authors_are_left_out(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    bob, cat, dan, eve = [await open_author(crowd, name) for name in ("bob", "cat", "dan", "eve")]
    for author in (bob, cat, dan, eve):
        await author.write("tea")
    await crowd.world.settle()
    assert len(await posts(ann, "tea")) == 4
    await ann.post(f"/api/v1/accounts/{bob.account}/mute")
    await cat.post(f"/api/v1/accounts/{ann.account}/block")
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("update accounts set silenced_at = $2 where id = $1", dan.account, tx.now)
        await tx.run("update accounts set suspended_at = $2 where id = $1", eve.account, tx.now)
    assert await posts(ann, "tea") == []


async def test_a_post_one_marked_is_not_found_when_one_may_read_it_no_longer(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(bob, ann)
    post = await ann.write("secret tea", visibility="private")
    await bob.post(f"/api/v1/statuses/{post['id']}/favourite")
    await crowd.world.settle()
    assert await posts(bob, "tea") == ["secret tea"]
    await bob.post(f"/api/v1/accounts/{ann.account}/unfollow")
    assert await posts(bob, "tea") == []


async def test_operators_narrow(crowd: Crowd) -> None:
    ann, bob = await open_author(crowd, "ann"), await open_author(crowd, "bob")
    await ann.write("tea one https://tea.example/", language="en")
    await ann.write("thé deux", language="fr", spoiler_text="tea", sensitive=True)
    await bob.write("tea three", language="en-GB")
    await crowd.world.settle()
    assert len(await posts(ann, "tea")) == 3
    assert len(await posts(ann, "tea from:me")) == 2
    assert await posts(ann, "tea from:bob") == await posts(ann, "tea -from:me") == ["tea three"]
    assert await posts(ann, "tea from:@bob@marula.example") == ["tea three"]
    assert await posts(ann, "tea from:nobody") == []
    assert await posts(ann, "tea", account_id=bob.account) == ["tea three"]
    assert len(await posts(ann, "tea language:en")) == 2
    assert await posts(ann, "is:sensitive") == ["thé deux"]
    assert "tea one" in (await posts(ann, "has:link"))[0]
    assert await posts(ann, "has:poll") == await posts(ann, "has:media") == []
    assert len(await posts(ann, "from:me after:2026-02-28 before:2026-03-02")) == 2
    assert await posts(ann, "tea after:2026-03-01") == await posts(ann, "tea during:2025") == []
    assert await posts(ann, "tea -three -deux -has:link") == []


async def test_words_inside_sentences_without_spaces_are_found(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.write("昨日東京都に行きました。")
    await ann.write("我喜歡喝綠茶")
    await crowd.world.settle()
    assert await posts(ann, "東京") == ["昨日東京都に行きました。"]
    assert await posts(ann, "茶") == ["我喜歡喝綠茶"]
    assert await posts(ann, "東都") == []


async def test_the_better_match_comes_first_unless_it_is_much_older(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.write("tea tea tea")
    await ann.write("tea and a long text of many other things that happened")
    await crowd.world.settle()
    assert (await posts(ann, "tea"))[0] == "tea tea tea"


async def test_pages_by_offset_and_by_id(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    written = [(await ann.write(f"tea {number}"))["id"] for number in range(5)]
    await crowd.world.settle()
    assert await posts(ann, "tea", limit=2) == ["tea 4", "tea 3"]
    assert await posts(ann, "tea", limit=2, offset=2) == ["tea 2", "tea 1"]
    assert await posts(ann, "tea", limit=2, max_id=written[2]) == ["tea 1", "tea 0"]
    assert await posts(ann, "tea", limit=2, min_id=written[1]) == ["tea 3", "tea 2"]
    assert await posts(ann, "tea", offset=10**30) == []


async def test_nobody_unknown_searches_posts(crowd: Crowd) -> None:
    ann = await open_author(crowd, "ann")
    await ann.write("tea")
    await crowd.world.settle()
    assert (await crowd.nobody.get("/api/v2/search?q=tea"))["statuses"] == []


@pytest.mark.parametrize(
    "typed", ["'", "\\", "a' | 'b", "!", "():*&", "-", '"', "from:", "in:all", "-a" * 400, "x" * 9000]
)
async def test_odd_queries_find_nothing(crowd: Crowd, typed: str) -> None:
    ann = await crowd.join("ann")
    await ann.write("tea")
    await crowd.world.settle()
    assert await posts(ann, typed) in ([], ["tea"])


async def test_the_number_of_statements_is_bounded(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for number in range(20):
        await ann.write(f"tea {number}")
    await crowd.world.settle()
    await posts(ann, "tea from:me")
    counts: list[int] = []
    for limit in (1, 20):
        with statements_run() as count:
            assert len(await posts(ann, "tea from:me", limit=limit)) == limit
        counts.append(count())
    assert counts[0] == counts[1]
    assert ann.account is not None
    async with crowd.world.ctx.db.reading() as db:
        with statements_run() as count:
            await discovery.find_posts(crowd.world.ctx, db, ann.account, "tea from:me", Page(limit=20))
        assert count() <= 4


async def test_the_index_can_be_made_anew(crowd: Crowd) -> None:
    ann, bob = await open_author(crowd, "ann"), await crowd.join("bob")
    await ann.write("green tea")
    post = await bob.write("black tea")
    await ann.post(f"/api/v1/statuses/{post['id']}/favourite")
    await crowd.world.settle()
    before = [
        await crowd.world.rows(f"select * from {name} order by post_id") for name in ("search_posts", "search_library")
    ]
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("delete from search_posts")
        await tx.run("update search_library set account_id = $1", bob.account)
    assert await posts(ann, "tea") == []
    assert [done async for done in discovery.rebuild(crowd.world.ctx)] == [2]
    after = [
        await crowd.world.rows(f"select * from {name} order by post_id") for name in ("search_posts", "search_library")
    ]
    assert after == before


async def test_what_search_refuses(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for query in ("", "?q=", "?q=%20"):
        await ann.get(f"/api/v2/search{query}", expect=400)
    assert "must be positive" in (await ann.get("/api/v2/search?q=a&offset=-1", expect=400))["error"]
    await crowd.nobody.get("/api/v2/search?q=a&offset=1", expect=401)
    await crowd.nobody.get("/api/v2/search?q=a&resolve=true", expect=401)
    narrow = await crowd.join("bob", scopes="write")
    await narrow.get("/api/v2/search?q=a", expect=403)


async def names(who: Caller, kind: str, typed: str, **more: Any) -> list[str]:
    """The names of the accounts or hashtags that somebody finds."""
    found = await who.get("/api/v2/search", params={"q": typed, "type": kind} | more)
    return [one.get("acct", one.get("name")) for one in found[kind]]


async def test_people_are_found_by_name_and_those_one_follows_come_first(crowd: Crowd) -> None:
    ann, _, bobby = await crowd.join("ann"), await crowd.join("bobo"), await crowd.join("bobby")
    await bobby.call("PATCH", "/api/v1/accounts/update_credentials", json={"display_name": "Zoë the Great"})
    await crowd.follow(ann, bobby)
    await crowd.world.settle()
    assert await names(ann, "accounts", "bob") == ["bobby", "bobo"]
    assert await names(ann, "accounts", "bob", following=True) == ["bobby"]
    assert await names(ann, "accounts", "great zoe") == ["bobby"]
    assert await names(ann, "accounts", "bob", offset=1) == ["bobo"]
    assert [one["acct"] for one in await ann.get("/api/v1/accounts/search?q=zo&following=true")] == ["bobby"]


async def test_hashtags_are_found_by_their_beginning_the_most_used_first(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for text in ("#TeaTime", "#teatime", "#teapot", "#tea2", "#coffee"):
        await ann.write(text)
    await ann.write("#teapot #teapot2", visibility="direct")
    assert await names(ann, "hashtags", "tea") == ["TeaTime", "tea2", "teapot", "teapot2"]
    assert await names(ann, "hashtags", "#TEAPOT2") == ["teapot2"]
    assert (await names(ann, "hashtags", "teapot"))[0] == "teapot"
    assert await names(ann, "hashtags", "tea", exclude_unreviewed=True) == []
    (tag,) = await crowd.world.rows("select id from tags where name = 'tea2'")
    async with crowd.world.ctx.db.transaction() as tx:
        await discovery.review_trend(tx, "tags", tag["id"], trendable=False)
    assert await names(ann, "hashtags", "tea", exclude_unreviewed=True) == ["tea2"]


async def test_addresses_find_what_is_behind_them(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("hello")
    secret = await ann.write("for me", visibility="private")
    for address in (post["uri"], post["url"], f"{post['url']}?a=b"):
        found = await bob.get("/api/v2/search", params={"q": address})
        assert ([one["id"] for one in found["statuses"]], found["accounts"]) == ([post["id"]], [])
    for address in ("https://marula.example/@ann", "https://marula.example/users/Ann"):
        found = await bob.get("/api/v2/search", params={"q": address, "resolve": True})
        assert [one["acct"] for one in found["accounts"]] == ["ann"]
    assert (await bob.get("/api/v2/search", params={"q": secret["url"]}))["statuses"] == []
    elsewhere = {"q": "https://other.example/@zoe", "resolve": True}
    assert (await bob.get("/api/v2/search", params=elsewhere))["accounts"] == []


async def test_what_came_from_other_servers_is_found_by_its_address(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    uri = "https://other.example/users/zoe"
    async with crowd.world.ctx.db.transaction() as tx:
        await accounts.create(tx, NewAccount(username="zoe", domain="other.example", uri=uri))
    assert await names(ann, "accounts", uri) == ["zoe@other.example"]
    assert await names(ann, "statuses", uri) == []


async def test_a_collection_is_found_by_its_address(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    made = (await ann.post("/api/v1/collections", {"name": "Good people", "discoverable": True}))["collection"]
    found = await crowd.nobody.get("/api/v2/search", params={"q": made["url"]})
    assert [one["id"] for one in found["collections"]] == [made["id"]]
    assert (await crowd.nobody.get("/api/v2/search", params={"q": made["url"], "type": "accounts"}))[
        "collections"
    ] == []
    nowhere = {"q": "https://marula.example/collections/x"}
    assert (await crowd.nobody.get("/api/v2/search", params=nowhere))["collections"] == []

"""Filters through the API: both versions, and what readings say of the posts that meet them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.faces.api.caller import Caller, Crowd, crowd_in
from tests.faces.streaming.ears import ears_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


async def make(who: Caller, *words: str, **more: Any) -> Any:
    keywords = [{"keyword": word, "whole_word": True} for word in words]
    return await who.post(
        "/api/v2/filters", {"title": "no", "context": ["home"], "keywords_attributes": keywords} | more
    )


def titles(status: Any) -> list[tuple[str, Any, Any]]:
    return [(one["filter"]["title"], one["keyword_matches"], one["status_matches"]) for one in status["filtered"]]


async def test_a_filter_is_made_changed_and_removed(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    made = await make(ann, "tulip", "rose", filter_action="hide", expires_in=3600)
    assert (made["filter_action"], [word["keyword"] for word in made["keywords"]]) == ("hide", ["tulip", "rose"])
    assert made["expires_at"] is not None
    assert await ann.get("/api/v2/filters") == [made]
    tulip, rose = made["keywords"]
    changed = await ann.call(
        "PUT",
        f"/api/v2/filters/{made['id']}",
        data={
            "title": "flowers",
            "context[]": ["public", "home"],
            "keywords_attributes[0][id]": tulip["id"],
            "keywords_attributes[0][_destroy]": "1",
            "keywords_attributes[1][id]": rose["id"],
            "keywords_attributes[1][whole_word]": "0",
            "keywords_attributes[2][keyword]": "daisy",
        },
    )
    body = changed.json()
    assert (body["title"], body["context"], body["expires_at"]) == ("flowers", ["home", "public"], made["expires_at"])
    assert [(word["keyword"], word["whole_word"]) for word in body["keywords"]] == [("rose", False), ("daisy", True)]
    endless = await ann.call("PUT", f"/api/v2/filters/{made['id']}", json={"expires_in": None})
    assert endless.json()["expires_at"] is None
    assert (await ann.call("DELETE", f"/api/v2/filters/{made['id']}")).json() == {}
    assert await ann.get("/api/v2/filters") == []


@pytest.mark.parametrize(
    ("context", "told"),
    [(["nowhere"], ""), ({"a": 1}, ""), ([], "Context can't be blank, ")],
)
async def test_a_filter_is_told_what_no_context_is(crowd: Crowd, context: Any, told: str) -> None:
    ann = await crowd.join("ann")
    refused = f"Validation failed: {told}Context None or invalid context supplied"
    wanted = {"title": "t", "phrase": "t", "context": context}
    for path in ("/api/v1/filters", "/api/v2/filters"):
        assert (await ann.post(path, wanted, expect=422))["error"] == refused
    made = await make(ann)
    changed = await ann.call("PUT", f"/api/v2/filters/{made['id']}", json={"context": context}, expect=422)
    assert changed.json()["error"] == refused


async def test_keywords_and_posts_have_addresses_of_their_own(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    made, post = await make(ann), await ben.write("hello")
    word = await ann.post(f"/api/v2/filters/{made['id']}/keywords", {"keyword": "tulip"})
    assert await ann.get(f"/api/v2/filters/{made['id']}/keywords") == [word]
    changed = (await ann.call("PUT", f"/api/v2/filters/keywords/{word['id']}", json={"whole_word": False})).json()
    assert changed == word | {"whole_word": False} == await ann.get(f"/api/v2/filters/keywords/{word['id']}")
    held = await ann.post(f"/api/v2/filters/{made['id']}/statuses", {"status_id": post["id"]})
    again = await ann.post(f"/api/v2/filters/{made['id']}/statuses", {"status_id": post["id"]})
    assert await ann.get(f"/api/v2/filters/{made['id']}/statuses") == [held] == [again]
    assert await ann.get(f"/api/v2/filters/statuses/{held['id']}") == held
    await ann.call("DELETE", f"/api/v2/filters/statuses/{held['id']}")
    await ann.call("DELETE", f"/api/v2/filters/keywords/{word['id']}")
    left = await ann.get(f"/api/v2/filters/{made['id']}")
    assert (left["keywords"], left["statuses"]) == ([], [])


async def test_nobody_touches_the_filters_of_others(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    made, post = await make(ann, "tulip"), await ben.write("hello")
    held = await ann.post(f"/api/v2/filters/{made['id']}/statuses", {"status_id": post["id"]})
    word = made["keywords"][0]["id"]
    for path in (
        f"filters/{made['id']}",
        f"filters/{made['id']}/keywords",
        f"filters/{made['id']}/statuses",
        f"filters/keywords/{word}",
        f"filters/statuses/{held['id']}",
    ):
        await ben.get(f"/api/v2/{path}", expect=404)
    for path in (f"filters/{made['id']}", f"filters/keywords/{word}", f"filters/statuses/{held['id']}"):
        await ben.call("DELETE", f"/api/v2/{path}", expect=404)
    foreign = {"keywords_attributes": [{"id": word, "keyword": "mine"}]}
    own = await make(ben)
    await ben.call("PUT", f"/api/v2/filters/{own['id']}", json=foreign, expect=404)
    assert (await ann.get(f"/api/v2/filters/keywords/{word}"))["keyword"] == "tulip"
    assert await ben.get("/api/v1/filters") == []


async def test_a_post_that_one_cannot_see_is_not_filtered(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    made, post = await make(ann), await ben.write("secret", visibility="private")
    await ann.post(f"/api/v2/filters/{made['id']}/statuses", {"status_id": post["id"]}, expect=404)


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"context": []}, {"context": ["nowhere"]}, {"filter_action": "eat"}, {"title": "x" * 300}],
)
async def test_what_makes_no_filter_is_refused(crowd: Crowd, wrong: dict[str, Any]) -> None:
    ann = await crowd.join("ann")
    await ann.post("/api/v2/filters", {"title": "t", "context": ["home"]} | wrong, expect=422)
    assert await ann.get("/api/v2/filters") == []


async def test_every_reading_says_what_is_filtered(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    await crowd.follow(ann, ben)
    post = await ben.write("A Tulip #plum", spoiler_text="garden")
    quoting = await ben.write("look", quoted_status_id=post["id"])
    boost = await ben.post(f"/api/v1/statuses/{post['id']}/reblog")
    named = await ben.write("@ann tulip")
    plain = await ben.write("nothing")
    await crowd.world.settle()
    await make(ann, "tulip", context=["home", "public"], filter_action="hide")
    await make(ann, "garden", context=["account"], title="shed")
    home = {one["id"]: one for one in await ann.get("/api/v1/timelines/home")}
    met = [("no", ["Tulip"], None), ("shed", ["garden"], None)]
    assert titles(home[post["id"]]) == met
    assert titles(home[plain["id"]]) == []
    assert titles(home[quoting["id"]]) == []
    assert titles(home[quoting["id"]]["quote"]["quoted_status"]) == met
    for path in ("public", "tag/plum"):
        listed = await ann.get(f"/api/v1/timelines/{path}")
        assert next(titles(one) for one in listed if one["id"] == post["id"]) == met
    profile = {one["id"]: one for one in await ann.get(f"/api/v1/accounts/{ben.account}/statuses")}
    assert titles(profile[boost["id"]]) == titles(profile[boost["id"]]["reblog"]) == met
    assert titles(await ann.get(f"/api/v1/statuses/{post['id']}")) == met
    told = await ann.get("/api/v1/notifications")
    assert [titles(one["status"]) for one in told if one["type"] == "mention"] == [[("no", ["tulip"], None)]]
    assert titles(await ben.get(f"/api/v1/statuses/{named['id']}")) == []
    assert "filtered" not in await crowd.nobody.get(f"/api/v1/statuses/{post['id']}")


async def test_ones_own_posts_meet_nothing(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await make(ann, "tulip")
    post = await ann.write("tulip")
    assert (await ann.get(f"/api/v1/statuses/{post['id']}"))["filtered"] == []


async def test_changes_count_at_once_and_filters_end(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await ben.write("tulip")
    path = f"/api/v1/statuses/{post['id']}"
    assert titles(await ann.get(path)) == []
    made = await make(ann, "tulip", expires_in=60)
    assert len(titles(await ann.get(path))) == 1
    await ann.call("PUT", f"/api/v2/filters/{made['id']}", json={"title": "flowers"})
    assert titles(await ann.get(path))[0][0] == "flowers"
    crowd.world.clock.advance(timedelta(seconds=61))
    assert titles(await ann.get(path)) == []
    await ben.call("PUT", path, json={"status": "rose"})
    await make(ann, "rose")
    assert len(titles(await ann.get(path))) == 1


async def test_options_of_polls_are_read_too(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    await make(ann, "tulip")
    post = await ben.write("which?", poll={"options": ["rose", "tulip"], "expires_in": 600})
    assert len(titles(await ann.get(f"/api/v1/statuses/{post['id']}"))) == 1


async def test_older_clients_see_keywords_as_filters(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    made = await ann.post("/api/v1/filters", {"phrase": "tulip", "context": ["home"], "irreversible": True})
    assert await ann.get("/api/v1/filters") == [made]
    assert (made["whole_word"], made["irreversible"]) == (False, True)
    path = f"/api/v1/filters/{made['id']}"
    changed = (await ann.call("PUT", path, json={"phrase": "rose", "context": ["public"]})).json()
    assert (changed["phrase"], changed["context"], changed["id"]) == ("rose", ["public"], made["id"])
    (newer,) = await ann.get("/api/v2/filters")
    assert (newer["title"], newer["filter_action"]) == ("rose", "hide")
    await ann.post(f"/api/v2/filters/{newer['id']}/keywords", {"keyword": "daisy"})
    await ann.call("PUT", path, json={"phrase": "rose", "context": ["home"]}, expect=422)
    await ann.call("PUT", path, json={"phrase": "lily", "context": ["public"]})
    for one in await ann.get("/api/v1/filters"):
        assert (await ann.call("DELETE", f"/api/v1/filters/{one['id']}")).json() == {}
    assert await ann.get("/api/v2/filters") == []


async def test_a_change_is_heard_in_the_streams(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    async with ears_in(crowd.world) as ears:
        ear = await ears.socket(ann.token, "user")
        await make(ann, "tulip")
        await ears.settle()
        assert ("user", "filters_changed", None) in ear.heard

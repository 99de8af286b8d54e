"""Notifications in groups through the API."""

import pytest

from marula.base.db import statements_run
from tests.faces.api.caller import Caller, Crowd

PATH = "/api/v2/notifications"


async def _liked(crowd: Crowd, count: int = 3) -> tuple[Caller, list[Caller], str]:
    """Somebody who wrote a post that so many like; one of them also named her before."""
    ann = await crowd.join("ann")
    fans = [await crowd.join(f"fan{number}") for number in range(count)]
    post = await ann.write("hello")
    await fans[0].write("@ann look")
    await crowd.world.settle()
    for fan in fans:
        await fan.post(f"/api/v1/statuses/{post['id']}/favourite")
        await crowd.world.settle()
    return ann, fans, post["id"]


async def test_favourites_of_a_post_are_one_group(crowd: Crowd) -> None:
    ann, fans, post = await _liked(crowd)
    found = await ann.get(PATH)
    liked, named = found["notification_groups"]
    flat = await ann.get("/api/v1/notifications")
    assert (liked["type"], liked["notifications_count"], liked["status_id"]) == ("favourite", 3, post)
    assert liked["most_recent_notification_id"] == int(flat[0]["id"])
    assert (liked["page_max_id"], liked["page_min_id"]) == (flat[0]["id"], flat[2]["id"])
    assert liked["sample_account_ids"] == [str(fan.account) for fan in reversed(fans)]
    assert (named["type"], named["group_key"]) == ("mention", f"ungrouped-{flat[3]['id']}")
    assert {one["id"] for one in found["accounts"]} == {str(fan.account) for fan in fans}
    assert post in {one["id"] for one in found["statuses"]}
    assert "partial_accounts" not in found


async def test_kinds_without_a_post_name_none(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(bob, ann)
    await crowd.world.settle()
    [group] = (await ann.get(PATH))["notification_groups"]
    assert group["type"] == "follow"
    assert not {"status_id", "status"} & set(group)


async def test_a_group_names_eight_accounts_and_counts_all(crowd: Crowd) -> None:
    ann, fans, _ = await _liked(crowd, 10)
    group = (await ann.get(PATH))["notification_groups"][0]
    assert group["notifications_count"] == 10
    assert group["sample_account_ids"] == [str(fan.account) for fan in reversed(fans)][:8]


async def test_pages_count_groups(crowd: Crowd) -> None:
    ann, fans, _ = await _liked(crowd)
    await fans[1].write("@ann look here")
    await crowd.world.settle()
    page = await ann.call("GET", f"{PATH}?limit=2")
    named, liked = page.json()["notification_groups"]
    assert (named["type"], liked["type"], liked["notifications_count"]) == ("mention", "favourite", 3)
    assert liked["page_min_id"] == liked["page_max_id"]
    assert {"next", "prev"} <= set(page.links)
    [again, oldest] = (await ann.get(f"{PATH}?limit=2&max_id={liked['page_min_id']}"))["notification_groups"]
    assert (again["group_key"], again["notifications_count"]) == (liked["group_key"], 2)
    up = await ann.get(f"{PATH}?limit=2&min_id={oldest['page_max_id']}")
    assert [one["group_key"] for one in up["notification_groups"]] == [named["group_key"], liked["group_key"]]
    assert await ann.get(f"{PATH}?min_id={named['page_max_id']}") == {
        "accounts": [],
        "statuses": [],
        "notification_groups": [],
    }


async def test_following_the_links_misses_nothing(crowd: Crowd) -> None:
    ann, _, _ = await _liked(crowd)
    await (await crowd.join("eve")).write("@ann hi")
    await crowd.world.settle()
    seen, path = set[str](), f"{PATH}?limit=1"
    while path:
        answer = await ann.call("GET", path)
        seen |= {one["group_key"] for one in answer.json()["notification_groups"]}
        path = answer.links["next"]["url"].removeprefix("https://marula.example") if answer.links else ""
    assert seen == {one["group_key"] for one in (await ann.get(PATH))["notification_groups"]}
    assert len(seen) == 3


async def test_only_what_is_asked_for_is_grouped_and_shown(crowd: Crowd) -> None:
    ann, fans, _ = await _liked(crowd)

    async def kinds(query: str) -> list[str]:
        return [one["type"] for one in (await ann.get(f"{PATH}?{query}"))["notification_groups"]]

    assert await kinds("grouped_types[]=follow") == ["favourite", "favourite", "favourite", "mention"]
    assert await kinds("grouped_types[]=mention&types[]=mention") == ["mention"]
    assert await kinds("exclude_types[]=favourite") == ["mention"]
    assert await kinds(f"account_id={fans[1].account}") == ["favourite"]


async def test_partial_avatars_show_one_account_of_each_group_in_full(crowd: Crowd) -> None:
    ann, fans, _ = await _liked(crowd)
    found = await ann.get(f"{PATH}?expand_accounts=partial_avatars&types[]=favourite")
    assert [one["id"] for one in found["accounts"]] == [str(fans[2].account)]
    assert [one["id"] for one in found["partial_accounts"]] == [str(fans[1].account), str(fans[0].account)]
    await ann.get(f"{PATH}?expand_accounts=all", expect=400)


async def test_one_group_is_shown_with_its_accounts_and_dismissed(crowd: Crowd) -> None:
    ann, fans, _ = await _liked(crowd)
    liked, named = (await ann.get(PATH))["notification_groups"]
    [alone] = (await ann.get(f"{PATH}/{liked['group_key']}"))["notification_groups"]
    assert (alone["notifications_count"], "page_min_id" in alone) == (3, False)
    page = await ann.call("GET", f"{PATH}/{liked['group_key']}/accounts?limit=2")
    assert [one["id"] for one in page.json()] == [str(fan.account) for fan in reversed(fans[1:])]
    rest = await ann.get(page.links["next"]["url"].removeprefix("https://marula.example"))
    assert [one["id"] for one in rest] == [str(fans[0].account)]
    [one] = await ann.get(f"{PATH}/{named['group_key']}/accounts")
    assert one["id"] == str(fans[0].account)
    assert await ann.post(f"{PATH}/{liked['group_key']}/dismiss") == {}
    await ann.get(f"{PATH}/{liked['group_key']}", expect=404)
    assert [one["type"] for one in await ann.get("/api/v1/notifications")] == ["mention"]
    assert await ann.post(f"{PATH}/{named['group_key']}/dismiss") == {}
    assert await ann.get("/api/v1/notifications") == []


@pytest.mark.parametrize("key", ["ungrouped-", "ungrouped-x", "ungrouped-99999999999999999999", "favourite-1-1", "%00"])
async def test_a_group_that_is_not_there_is_not_found(crowd: Crowd, key: str) -> None:
    ann = await crowd.join("ann")
    await ann.get(f"{PATH}/{key}", expect=404)


async def test_groups_of_others_stay_theirs(crowd: Crowd) -> None:
    ann, fans, _ = await _liked(crowd)
    for group in (await ann.get(PATH))["notification_groups"]:
        await fans[0].get(f"{PATH}/{group['group_key']}", expect=404)
        assert await fans[0].get(f"{PATH}/{group['group_key']}/accounts") == []
        await fans[0].post(f"{PATH}/{group['group_key']}/dismiss")
    assert len(await ann.get("/api/v1/notifications")) == 4


async def test_the_unread_count_counts_groups_after_the_marker(crowd: Crowd) -> None:
    ann, _, _ = await _liked(crowd)
    flat = await ann.get("/api/v1/notifications")
    assert (await ann.get(f"{PATH}/unread_count"))["count"] == 2
    assert (await ann.get(f"{PATH}/unread_count?limit=1"))["count"] == 1
    assert (await ann.get(f"{PATH}/unread_count?grouped_types[]=follow"))["count"] == 4
    await ann.post("/api/v1/markers", {"notifications": {"last_read_id": flat[1]["id"]}})
    assert (await ann.get(f"{PATH}/unread_count"))["count"] == 1
    assert await ann.post(f"{PATH}/clear") == {}
    assert (await ann.get(f"{PATH}/unread_count"))["count"] == 0


async def test_groups_of_a_suspended_account_do_not_show(crowd: Crowd) -> None:
    ann, fans, _ = await _liked(crowd)
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("update accounts set suspended_at = $1 where id = $2", tx.now, fans[0].account)
    [liked] = (await ann.get(PATH))["notification_groups"]
    assert (liked["notifications_count"], len(liked["sample_account_ids"])) == (2, 2)
    assert len(await ann.get(f"{PATH}/{liked['group_key']}/accounts")) == 2


async def test_many_groups_take_as_many_statements_as_one(crowd: Crowd) -> None:
    ann, fans, _ = await _liked(crowd)
    for number in range(6):
        await fans[1].write(f"@ann {number}")
    await crowd.world.settle()
    counts: list[int] = []
    for limit in (1, 40):
        await ann.get(f"{PATH}?limit={limit}")
        with statements_run() as count:
            await ann.get(f"{PATH}?limit={limit}")
        counts.append(count())
    assert counts[0] == counts[1]

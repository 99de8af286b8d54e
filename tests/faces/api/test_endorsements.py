"""Endorsements and familiar followers through the API."""

from tests.faces.api.caller import Crowd


async def test_an_account_is_shown_on_a_profile_and_taken_off(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    path = f"/api/v1/accounts/{bob.account}"
    refusal = await ann.post(f"{path}/endorse", expect=422)
    assert refusal["error"] == "Validation failed: You must be already following the person you want to endorse"
    await crowd.follow(ann, bob)
    assert (await ann.post(f"{path}/endorse"))["endorsed"] is True
    [shown] = await crowd.nobody.get(f"/api/v1/accounts/{ann.account}/endorsements")
    assert shown["acct"] == "bob"
    assert await ann.get("/api/v1/endorsements") == [shown]
    assert await bob.get("/api/v1/endorsements") == []
    assert (await ann.post(f"{path}/unendorse"))["endorsed"] is False
    assert await ann.get("/api/v1/endorsements") == []
    await ann.post("/api/v1/accounts/404/endorse", expect=404)
    await ann.get("/api/v1/accounts/404/endorsements", expect=404)


async def test_the_old_names_say_that_they_are_old(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    for verb, endorsed in (("pin", True), ("unpin", False)):
        answer = await ann.call("POST", f"/api/v1/accounts/{bob.account}/{verb}")
        assert answer.json()["endorsed"] is endorsed
        assert answer.headers["deprecation"].startswith("@")


async def test_endorsements_are_paged_by_account_and_a_limit_of_0_is_all_of_ones_own(crowd: Crowd) -> None:
    ann, *others = [await crowd.join(name) for name in ("ann", "bob", "cat", "dan")]
    for other in others:
        await crowd.follow(ann, other)
        await ann.post(f"/api/v1/accounts/{other.account}/endorse")
    for path in ("/api/v1/endorsements", f"/api/v1/accounts/{ann.account}/endorsements"):
        first = await ann.call("GET", f"{path}?limit=2")
        assert [one["acct"] for one in first.json()] == ["dan", "cat"]
        assert first.links["prev"]["url"].endswith(f"since_id={others[2].account}")
        rest = await ann.get(first.links["next"]["url"])
        assert [one["acct"] for one in rest] == ["bob"]
    everybody = await ann.call("GET", "/api/v1/endorsements?limit=0")
    assert len(everybody.json()) == 3
    assert "link" not in everybody.headers
    assert await ann.get(f"/api/v1/accounts/{ann.account}/endorsements?limit=0") == []


async def test_the_suspended_and_those_who_block_one_show_nobody(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    await crowd.follow(ann, bob)
    await ann.post(f"/api/v1/accounts/{bob.account}/endorse")
    path = f"/api/v1/accounts/{ann.account}/endorsements"
    await ann.post(f"/api/v1/accounts/{cat.account}/block")
    assert await cat.get(path) == []
    assert len(await crowd.nobody.get(path)) == 1
    await crowd.world.rows("update accounts set suspended_at = now() where id = $1", ann.account)
    assert await crowd.nobody.get(path) == []


async def test_familiar_followers_come_in_the_order_asked(crowd: Crowd) -> None:
    ann, bob, star = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("star")
    await crowd.follow(ann, bob)
    await crowd.follow(bob, star)
    query = f"id[]={star.account}&id[]=404&id[]={bob.account}&id[]={star.account}"
    found = await ann.get(f"/api/v1/accounts/familiar_followers?{query}")
    assert [(one["id"], [account["acct"] for account in one["accounts"]]) for one in found] == [
        (str(star.account), ["bob"]),
        (str(bob.account), []),
    ]
    assert await ann.get("/api/v1/accounts/familiar_followers") == []
    many = "&".join(f"id[]={number}" for number in range(41))
    await ann.get(f"/api/v1/accounts/familiar_followers?{many}", expect=422)


async def test_other_scopes_and_strangers_do_not_endorse(crowd: Crowd) -> None:
    ann = await crowd.join("ann", scopes="read:statuses write:statuses")
    for method, path in (
        ("POST", f"accounts/{ann.account}/endorse"),
        ("POST", f"accounts/{ann.account}/unendorse"),
        ("GET", "endorsements"),
        ("GET", "accounts/familiar_followers"),
    ):
        await ann.call(method, f"/api/v1/{path}", expect=403)
        await crowd.nobody.call(method, f"/api/v1/{path}", expect=401)

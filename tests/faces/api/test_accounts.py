"""People through the API."""

from tests.faces.api.caller import Crowd


async def test_following_an_open_account_is_done_at_once(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    relationship = await crowd.follow(ann, bob, notify=True)
    assert (relationship["following"], relationship["notifying"], relationship["showing_reblogs"]) == (True, True, True)
    changed = await crowd.follow(ann, bob, reblogs=False)
    assert (changed["notifying"], changed["showing_reblogs"]) == (True, False)
    assert (await ann.get(f"/api/v1/accounts/{bob.account}"))["followers_count"] == 1
    assert [one["acct"] for one in await crowd.nobody.get(f"/api/v1/accounts/{bob.account}/followers")] == ["ann"]
    assert not (await ann.post(f"/api/v1/accounts/{bob.account}/unfollow"))["following"]


async def test_a_locked_account_is_asked(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob", locked=True)
    assert (await crowd.follow(ann, bob))["requested"]
    assert [one["acct"] for one in await bob.get("/api/v1/follow_requests")] == ["ann"]
    assert (await bob.get("/api/v1/accounts/verify_credentials"))["source"]["follow_requests_count"] == 1
    assert (await bob.post(f"/api/v1/follow_requests/{ann.account}/authorize"))["followed_by"]
    assert await bob.get("/api/v1/follow_requests") == []
    await bob.post(f"/api/v1/follow_requests/{ann.account}/reject", expect=404)


async def test_nobody_follows_themselves_or_whom_they_cannot(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    refusal = await ann.post(f"/api/v1/accounts/{ann.account}/follow", expect=403)
    assert refusal["error"] == "Following your own account is not allowed"
    await bob.post(f"/api/v1/accounts/{ann.account}/block")
    await ann.post(f"/api/v1/accounts/{bob.account}/follow", expect=403)
    await ann.post("/api/v1/accounts/1/follow", expect=404)


async def test_blocks_and_mutes_are_listed(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    await ann.post(f"/api/v1/accounts/{bob.account}/block")
    muted = await ann.post(f"/api/v1/accounts/{cat.account}/mute", {"duration": 3600, "notifications": False})
    assert (muted["muting"], muted["muting_notifications"]) == (True, False)
    assert muted["muting_expires_at"] is not None
    assert [one["acct"] for one in await ann.get("/api/v1/blocks")] == ["bob"]
    assert [(one["acct"], one["mute_expires_at"] is not None) for one in await ann.get("/api/v1/mutes")] == [
        ("cat", True)
    ]
    assert not (await ann.post(f"/api/v1/accounts/{bob.account}/unblock"))["blocking"]
    assert not (await ann.post(f"/api/v1/accounts/{cat.account}/unmute"))["muting"]


async def test_relationships_are_told_for_many_at_once(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    await crowd.follow(ann, bob)
    await crowd.follow(cat, ann)
    await ann.post(f"/api/v1/accounts/{cat.account}/note", {"comment": "kind"})
    told = await ann.get(f"/api/v1/accounts/relationships?id[]={bob.account}&id[]={cat.account}&id[]=1")
    by_id = {one["id"]: one for one in told}
    assert by_id[str(bob.account)]["following"]
    assert by_id[str(cat.account)]["followed_by"]
    assert by_id[str(cat.account)]["note"] == "kind"
    assert len(told) == 2


async def test_a_profile_is_edited_with_rails_names_and_with_json(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    form = {
        "display_name": "Ann A.",
        "note": "I like #figs",
        "fields_attributes[0][name]": "web",
        "fields_attributes[0][value]": "https://ann.example",
        "source[privacy]": "unlisted",
        "bot": "true",
    }
    changed = (await ann.call("PATCH", "/api/v1/accounts/update_credentials", data=form)).json()
    assert (changed["display_name"], changed["bot"], changed["source"]["privacy"]) == ("Ann A.", True, "unlisted")
    assert 'rel="nofollow noopener me"' in changed["fields"][0]["value"]
    assert changed["source"]["fields"][0]["value"] == "https://ann.example"
    assert (await ann.write("quiet by habit"))["visibility"] == "unlisted"
    fields = {"fields_attributes": {"0": {"name": "a", "value": "b"}}, "bot": False}
    again = (await ann.call("PATCH", "/api/v1/accounts/update_credentials", json=fields)).json()
    assert [(one["name"], one["value"]) for one in again["fields"]] == [("a", "b")]
    assert (again["bot"], again["display_name"]) == (False, "Ann A.")


async def test_a_profile_that_is_too_long_changes_nothing(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    changes = {"display_name": "a" * 41, "note": "b" * 501}
    refusal = await ann.call("PATCH", "/api/v1/accounts/update_credentials", json=changes, expect=422)
    assert refusal.json()["error"].startswith("Validation failed: Display name is too long")
    assert set(refusal.json()["details"]) == {"display_name", "note"}
    assert (await ann.get("/api/v1/accounts/verify_credentials"))["display_name"] == ""


async def test_people_are_found_by_handle_and_name(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await crowd.join("annabel")
    assert [one["acct"] for one in await ann.get("/api/v1/accounts/search?q=ann")] == ["ann", "annabel"]
    assert (await crowd.nobody.get("/api/v1/accounts/lookup?acct=ANN@marula.example"))["id"] == str(ann.account)
    assert await crowd.nobody.get("/api/v1/accounts/lookup?acct=nobody", expect=404) == {"error": "Record not found"}
    found = await ann.get("/api/v2/search?q=https://marula.example/@annabel&resolve=true")
    assert [one["acct"] for one in found["accounts"]] == ["annabel"]


async def test_a_hidden_network_is_shown_to_its_owner_only(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"hide_collections": True})
    assert await bob.get(f"/api/v1/accounts/{ann.account}/following") == []
    assert len(await ann.get(f"/api/v1/accounts/{ann.account}/following")) == 1


async def test_lists_of_people_page_by_hidden_ids(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for name in ("a1", "a2", "a3"):
        await crowd.follow(await crowd.join(name), ann)
    path = f"/api/v1/accounts/{ann.account}/followers"
    first = await ann.call("GET", f"{path}?limit=2")
    assert [one["acct"] for one in first.json()] == ["a3", "a2"]
    assert "since_id=" in first.links["prev"]["url"]
    rest = await ann.call("GET", first.links["next"]["url"].removeprefix("https://marula.example"))
    assert [one["acct"] for one in rest.json()] == ["a1"]

"""One's own profile through the API."""

import pytest

from tests.faces.api.caller import Crowd

PATH = "/api/v1/profile"


async def test_a_profile_is_shown_as_written_and_as_it_looks(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    changed = await ann.call(
        "PATCH",
        PATH,
        json={
            "display_name": "Ann",
            "note": "I like #Trees",
            "fields_attributes": [{"name": "Site", "value": "https://ann.example"}],
            "locked": True,
            "bot": True,
            "hide_collections": True,
            "show_media": False,
            "show_featured": False,
            "attribution_domains": ["News.example"],
            "avatar_description": "A tree",
        },
    )
    shown = await ann.get(PATH)
    assert changed.json() == shown
    assert (shown["note"], shown["display_name"], shown["bot"], shown["locked"]) == ("I like #Trees", "Ann", True, True)
    assert 'class="mention hashtag"' in shown["formatted_note"]
    assert shown["fields"] == [{"name": "Site", "value": "https://ann.example", "verified_at": None}]
    assert shown["formatted_fields"][0]["value"].startswith('<a href="https://ann.example"')
    assert (shown["show_media"], shown["show_media_replies"], shown["show_featured"]) == (False, True, False)
    assert (shown["avatar"], shown["avatar_description"], shown["hide_collections"]) == (None, "A tree", True)
    assert shown["attribution_domains"] == ["news.example"]


async def test_both_ways_to_edit_a_profile_say_the_same(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.call("PUT", PATH, data={"note": "by the new way", "fields_attributes[0][name]": "a", "locked": "true"})
    mine = await ann.get("/api/v1/accounts/verify_credentials")
    assert (mine["source"]["note"], mine["locked"], mine["fields"][0]["name"]) == ("by the new way", True, "a")
    await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"note": "by the old way"})
    assert (await ann.get(PATH))["note"] == "by the old way"
    assert len(await crowd.world.facts("ProfileRevised")) == 2


@pytest.mark.parametrize("path", [PATH, "/api/v1/accounts/update_credentials"])
async def test_both_ways_refuse_the_same(crowd: Crowd, path: str) -> None:
    ann = await crowd.join("ann")
    wrong = await ann.call("PATCH", path, json={"display_name": "x" * 41, "note": "y" * 501}, expect=422)
    assert set(wrong.json()["details"]) == {"display_name", "note"}
    assert (await ann.get(PATH))["note"] == ""
    picture = await ann.call("PATCH", path, files={"avatar": ("a.png", b"x", "image/png")}, expect=422)
    assert "JPEG" in picture.json()["error"]


async def test_a_profile_is_for_its_owner_and_the_right_scope(crowd: Crowd) -> None:
    await crowd.nobody.get(PATH, expect=401)
    narrow = await crowd.join("ann", scopes="profile")
    assert (await narrow.get(PATH))["id"] == str(narrow.account)
    await narrow.call("PATCH", PATH, json={"note": "x"}, expect=403)


async def test_a_profile_shows_the_hashtags_one_features(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    featured = await ann.post("/api/v1/featured_tags", {"name": "Trees"})
    assert (await ann.get(PATH))["featured_tags"] == [featured]

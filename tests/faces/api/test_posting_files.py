"""Posts with files. Spec: Mastodon documentation, methods/statuses; GOTCHAS, Posting and editing"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from marula.base import imaging
from marula.base.db import statements_run
from tests.domain.media.sending import film, picture, send, send_picture
from tests.faces.api.caller import Caller, Crowd


@pytest.fixture(autouse=True)
async def decoders() -> AsyncIterator[None]:
    """No process afterwards."""
    yield
    await imaging.stop()


async def posted(who: Caller, *files: str, expect: int = 200, **asked: Any) -> Any:
    return await who.post("/api/v1/statuses", {"media_ids": list(files)} | asked, expect=expect)


async def edited(who: Caller, post: Any, expect: int = 200, **asked: Any) -> Any:
    return (await who.call("PUT", f"/api/v1/statuses/{post['id']}", json=asked, expect=expect)).json()


def shown(post: Any) -> list[str]:
    return [file["id"] for file in post["media_attachments"]]


async def test_a_post_may_be_a_picture_without_words(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    file = await send_picture(ann, description="a field")
    post = await posted(ann, file)
    assert (post["content"], shown(post)) == ("", [file])
    seen = await ben.get(f"/api/v1/statuses/{post['id']}")
    assert seen["media_attachments"] == post["media_attachments"]
    assert seen["media_attachments"][0]["description"] == "a field"
    await posted(ann, expect=422)


async def test_the_order_is_that_of_the_ids_and_each_counts_once(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    first, second = await send_picture(ann), await send_picture(ann)
    post = await posted(ann, second, first, second)
    assert shown(post) == [second, first]


async def test_four_files_and_no_more(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    files = [await send_picture(ann) for _ in range(5)]
    refused = await posted(ann, *files, expect=422)
    assert refused["error"] == "Cannot attach more than 4 files"
    assert len(shown(await posted(ann, *files[:4]))) == 4


async def test_a_film_is_alone(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    still, moving = await send_picture(ann), (await send(ann, film(tmp_path), version=1))["id"]
    refused = await posted(ann, still, moving, expect=422)
    assert refused["error"] == "Cannot attach a video to a post that already contains images"
    assert shown(await posted(ann, moving, status="look")) == [moving]


async def test_a_file_hangs_on_one_post_only(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = await send_picture(ann)
    await posted(ann, file)
    assert file in (await posted(ann, file, status="again", expect=422))["error"]
    assert "123" in (await posted(ann, "123", status="none", expect=422))["error"]


async def test_the_same_key_gives_the_first_post_although_its_file_is_taken(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = await send_picture(ann)
    asked: dict[str, Any] = {"json": {"media_ids": [file], "status": "once"}, "headers": {"Idempotency-Key": "k"}}
    first = (await ann.call("POST", "/api/v1/statuses", **asked)).json()
    assert (await ann.call("POST", "/api/v1/statuses", **asked)).json()["id"] == first["id"]


async def test_a_warning_without_words_stands_for_the_file(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await posted(ann, await send_picture(ann), spoiler_text="food")
    assert (post["content"], post["sensitive"]) == ("<p>🖼</p>", True)
    plain = await posted(ann, await send_picture(ann), sensitive=True)
    assert (plain["spoiler_text"], plain["sensitive"]) == ("", True)


async def test_a_post_may_have_a_poll_and_files(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = await send_picture(ann)
    post = await posted(ann, file, status="which", poll={"options": ["a", "b"], "expires_in": 600})
    assert (shown(post), post["poll"]["votes_count"]) == ([file], 0)


async def test_an_edit_changes_files_and_what_is_said_of_them(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    first, second = await send_picture(ann, description="one"), await send_picture(ann)
    post = await posted(ann, first, status="x")
    crowd.world.clock.advance(timedelta(minutes=1))
    said = [{"id": first, "description": "uno", "focus": "0.5,0.5"}]
    changed = await edited(ann, post, status="x", media_ids=[second, first], media_attributes=said)
    assert shown(changed) == [second, first]
    assert changed["media_attachments"][1]["description"] == "uno"
    assert changed["media_attachments"][1]["meta"]["focus"] == {"x": 0.5, "y": 0.5}
    assert changed["edited_at"] is not None
    without = await edited(ann, post, status="x")
    assert shown(without) == []
    versions = await ann.get(f"/api/v1/statuses/{post['id']}/history")
    assert [[(file["id"], file["description"]) for file in one["media_attachments"]] for one in versions] == [
        [(first, "one")],
        [(second, None), (first, "uno")],
        [],
    ]
    again = await edited(ann, post, status="x", media_ids=[first])
    assert shown(again) == [first]


async def test_an_edit_that_changes_nothing_is_none(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = await send_picture(ann, description="one")
    post = await posted(ann, file, status="x")
    assert (await edited(ann, post, status="x", media_ids=[file]))["edited_at"] is None


async def test_an_edit_cannot_take_the_files_of_another_post(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    taken, foreign = await send_picture(ann), await send_picture(ben)
    await posted(ann, taken)
    post = await posted(ann, status="x")
    for file in (taken, foreign):
        await edited(ann, post, status="x", media_ids=[file], expect=422)


async def test_who_deletes_a_post_may_write_it_anew_with_its_files(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = await send_picture(ann, description="kept")
    post = await posted(ann, file, status="tpyo")
    crowd.world.clock.advance(timedelta(days=30))
    gone = (await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")).json()
    assert (gone["text"], shown(gone)) == ("tpyo", [file])
    await crowd.world.settle()
    anew = await posted(ann, file, status="typo")
    assert anew["media_attachments"][0]["description"] == "kept"


async def test_files_go_with_their_post_when_that_is_asked(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = await send_picture(ann)
    post = await posted(ann, file)
    await ann.call("DELETE", f"/api/v1/statuses/{post['id']}?delete_media=true")
    await ann.get(f"/api/v1/media/{file}", expect=404)
    assert await crowd.world.rows("select from media_attachments") == []
    assert len(await crowd.world.rows("select from blobs where loose_at is not null")) == 1


async def test_a_post_to_come_holds_its_files(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = await send_picture(ann)
    at = (crowd.world.clock.now() + timedelta(days=2)).isoformat()
    waiting = await posted(ann, file, status="later", scheduled_at=at)
    assert (shown(waiting), waiting["params"]["media_ids"]) == ([file], [file])
    [listed] = await ann.get("/api/v1/scheduled_statuses")
    assert shown(listed) == [file]
    await posted(ann, file, status="now", expect=422)
    await ann.call("DELETE", f"/api/v1/media/{file}", expect=422)
    crowd.world.clock.advance(timedelta(days=2))
    await crowd.world.settle()
    [post] = await ann.get(f"/api/v1/accounts/{ann.account}/statuses")
    assert shown(post) == [file]


async def test_a_post_that_is_not_to_come_gives_its_files_back(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = await send_picture(ann)
    at = (crowd.world.clock.now() + timedelta(days=2)).isoformat()
    waiting = await posted(ann, file, scheduled_at=at)
    await ann.call("DELETE", f"/api/v1/scheduled_statuses/{waiting['id']}")
    assert shown(await posted(ann, file)) == [file]


async def test_posts_with_files_are_found_by_what_they_have(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await posted(ann, await send_picture(ann), status="meadow")
    await posted(ann, status="meadow too")
    await crowd.world.settle()
    for query in ("meadow has:media", "has:image"):
        found = await ann.get("/api/v2/search", params={"q": query})
        assert [one["id"] for one in found["statuses"]] == [post["id"]], query
    assert (await ann.get("/api/v2/search", params={"q": "meadow has:video"}))["statuses"] == []


async def test_a_post_is_found_and_filtered_by_what_its_files_show(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await posted(ann, await send_picture(ann, description="a spider on a web"))
    await crowd.world.settle()
    found = await ann.get("/api/v2/search", params={"q": "spider"})
    assert [one["id"] for one in found["statuses"]] == [post["id"]]
    wanted = {"title": "no", "context": ["public"], "keywords_attributes": [{"keyword": "spider"}]}
    await ben.post("/api/v2/filters", wanted)
    seen = await ben.get(f"/api/v1/statuses/{post['id']}")
    assert [one["keyword_matches"] for one in seen["filtered"]] == [["spider"]]


async def test_the_number_of_statements_does_not_grow_with_the_files(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    path = f"/api/v1/accounts/{ann.account}/statuses"
    runs: list[int] = []
    for _ in range(3):
        await posted(ann, await send_picture(ann), await send_picture(ann))
        with statements_run() as count:
            await ben.get(path)
        runs.append(count())
    assert runs[1] == runs[2], runs


async def test_keys_of_files_say_nothing(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    file = (await posted(ann, (await send(ann, picture(), name="../../secret.png"))["id"], visibility="direct"))[
        "media_attachments"
    ][0]
    name = file["url"].removeprefix("https://marula.example/media/")
    assert len(name.replace("/", "").partition(".")[0]) >= 32
    assert file["id"] not in name
    assert "secret" not in name

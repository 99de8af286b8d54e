"""Files sent by people: upload, polling, change, removal. Spec: Mastodon documentation, methods/media"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from marula.base import imaging
from marula.domain import media, storage
from tests.domain.media.sending import film, picture, send, send_picture, sound
from tests.faces.api.caller import Caller, Crowd


@pytest.fixture(autouse=True)
async def decoders() -> AsyncIterator[None]:
    """No process afterwards."""
    yield
    await imaging.stop()


def left(crowd: Crowd) -> list[Path]:
    """What lies where files come in."""
    return list(crowd.world.ctx.config.incoming_dir.glob("*"))


def kept(crowd: Crowd) -> list[Path]:
    """What lies in storage."""
    return [path for path in crowd.world.ctx.config.media_dir.rglob("*") if path.is_file()]


async def polled(who: Caller, identifier: str, expect: int = 200) -> Any:
    return await who.get(f"/api/v1/media/{identifier}", expect=expect)


async def test_a_picture_is_ready_at_once(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, picture(), description=" a field ", focus="-0.5,0.25")
    assert sent["type"] == "image"
    assert sent["url"].startswith("https://marula.example/media/")
    assert sent["description"] == "a field"
    assert sent["meta"]["focus"] == {"x": -0.5, "y": 0.25}
    assert (sent["meta"]["original"]["size"], sent["meta"]["small"]["width"]) == ("320x200", 320)
    assert sent["blurhash"]
    assert (sent["remote_url"], sent["text_url"]) == (None, None)
    assert await polled(ann, sent["id"]) == sent
    assert left(crowd) == []


async def test_a_film_is_processed_after_the_answer(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, film(tmp_path), expect=202, description="a test")
    assert (sent["type"], sent["url"], sent["preview_url"]) == ("video", None, None)
    waiting = await polled(ann, sent["id"], expect=206)
    assert waiting["url"] is None
    refused = await ann.post("/api/v1/statuses", {"media_ids": [sent["id"]]}, expect=422)
    assert refused["error"] == "Cannot attach files that have not finished processing. Try again in a moment!"
    await crowd.world.settle()
    done = await polled(ann, sent["id"])
    assert (done["type"], done["description"]) == ("video", "a test")
    assert done["url"].endswith(".mp4")
    assert done["preview_url"].endswith(".jpg")
    assert done["meta"]["original"]["duration"] > 0.3
    assert len(await crowd.world.facts("MediaProcessed")) == 1
    assert left(crowd) == []


async def test_the_first_version_waits_until_a_film_is_processed(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, film(tmp_path), version=1)
    assert sent["url"].endswith(".mp4")


async def test_a_sound_has_the_picture_that_was_sent_with_it(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, sound(tmp_path), thumbnail=picture(), expect=202)
    assert sent["preview_url"].startswith("https://marula.example/media/")
    await crowd.world.settle()
    done = await polled(ann, sent["id"])
    assert (done["type"], done["preview_url"]) == ("audio", sent["preview_url"])
    assert done["url"].endswith(".mp3")
    changed = (
        await ann.call("PUT", f"/api/v1/media/{sent['id']}", files={"thumbnail": ("c.png", picture(90, 90), "")})
    ).json()
    assert changed["preview_url"] != done["preview_url"]
    assert changed["meta"]["small"]["size"] == "90x90"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"MZ" * 100,
        b"",
    ],
)
async def test_what_cannot_be_read_is_refused_and_leaves_nothing(crowd: Crowd, data: bytes) -> None:
    ann = await crowd.join("ann")
    refused = await send(ann, data, name="a.png", expect=422)
    assert refused["error"]
    assert await crowd.world.rows("select from media_attachments") == []
    assert (left(crowd), kept(crowd)) == ([], [])


async def test_a_film_that_breaks_off_is_said_to_be_unreadable(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, film(tmp_path)[:200], expect=202)
    await crowd.world.settle()
    refused = await polled(ann, sent["id"], expect=422)
    assert refused["error"] == "Error processing thumbnail for uploaded media"
    assert [row["source_id"] for row in await crowd.world.rows("select source_id from media_attachments")] == [None]


async def test_no_file_is_no_upload(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for form in ({}, {"file": "text"}):
        assert "error" in await ann.post("/api/v2/media", form, expect=422)


async def test_whoever_may_not_send_files_does_not_fill_the_disk(crowd: Crowd) -> None:
    reader = await crowd.join("ann", scopes="read")
    stranger = Caller(crowd.client, None, None)
    for who, status in ((reader, 403), (stranger, 401)):
        await send(who, picture(), expect=status)
    large = {"file": ("a", b"a" * 1_100_000, "")}
    await stranger.call("POST", "/api/v2/media", expect=413, files=large)
    assert (left(crowd), kept(crowd)) == ([], [])


async def test_a_token_may_stand_in_the_query(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    nobody = Caller(crowd.client, None, None)
    path = f"/api/v2/media?access_token={ann.token}"
    answer = await nobody.call("POST", path, files={"file": ("a.png", picture(), "")})
    assert answer.json()["type"] == "image"


async def test_description_and_focus_may_change_until_the_file_is_posted(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    identifier = await send_picture(ann, description="one")
    path = f"/api/v1/media/{identifier}"
    changed = (await ann.call("PUT", path, json={"description": "two", "focus": "2,-7"})).json()
    assert (changed["description"], changed["meta"]["focus"]) == ("two", {"x": 1, "y": -1})
    assert (await ann.call("PATCH", path, json={"description": ""})).json()["description"] is None
    assert (await ann.call("PUT", path, json={"focus": "0,0"})).json()["description"] is None
    for wrong in ({"description": "a" * 10_001}, {"focus": "left"}, {"focus": "1"}, {"focus": "nan,0"}):
        await ann.call("PUT", path, json=wrong, expect=422)
    await ann.post("/api/v1/statuses", {"media_ids": [identifier]})
    await ann.call("PUT", path, json={"description": "three"}, expect=404)
    await polled(ann, identifier, expect=404)


async def test_a_file_may_be_removed_until_it_is_posted(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    first, second = await send_picture(ann), await send_picture(ann)
    assert (await ann.call("DELETE", f"/api/v1/media/{first}")).json() == {}
    await ann.call("DELETE", f"/api/v1/media/{first}", expect=404)
    await ann.post("/api/v1/statuses", {"media_ids": [second]})
    refused = await ann.call("DELETE", f"/api/v1/media/{second}", expect=422)
    assert refused.json()["error"] == "Media attachment is currently used by a status"


async def test_files_of_others_are_as_if_they_were_not_there(crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    identifier = await send_picture(ann)
    path = f"/api/v1/media/{identifier}"
    await polled(ben, identifier, expect=404)
    await ben.call("PUT", path, json={"description": "mine"}, expect=404)
    await ben.call("DELETE", path, expect=404)
    await ben.post("/api/v1/statuses", {"media_ids": [identifier]}, expect=422)
    await polled(ben, "7", expect=404)
    await polled(ben, "x", expect=404)


async def test_what_nobody_posts_goes_after_a_day(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    posted, loose = await send_picture(ann), (await send(ann, picture(64, 64)))["id"]
    post = await ann.post("/api/v1/statuses", {"media_ids": [posted]})
    crowd.world.clock.advance(timedelta(hours=23))
    await sweep(crowd)
    await polled(ann, loose)
    crowd.world.clock.advance(timedelta(hours=2))
    await sweep(crowd)
    await polled(ann, loose, expect=404)
    assert len(kept(crowd)) == 1  # of a small picture both sizes are the same file
    assert (await ann.get(f"/api/v1/statuses/{post['id']}"))["media_attachments"][0]["id"] == posted


async def sweep(crowd: Crowd) -> None:
    await media.reactions.sweep(crowd.world.ctx)
    await storage.reactions.sweep(crowd.world.ctx)

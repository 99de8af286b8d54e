"""Pictures and films between two servers, through programs, and after a crash."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.base.imaging.reels import pattern, reel, tone
from tests.base.imaging.samples import encoded, exif, scene
from tests.flows.instances import Instance, Person, instance, until
from tests.flows.server import server
from tests.folders import open_folder


@pytest.fixture(scope="module")
def alpha(postgres: str) -> Iterator[Instance]:
    with instance(postgres) as made:
        yield made


@pytest.fixture(scope="module")
def beta(postgres: str) -> Iterator[Instance]:
    with instance(postgres) as made:
        yield made


def photograph() -> bytes:
    """A picture with a place in it that nobody is to know."""
    return encoded(scene(640, 400), "JPEG", exif=exif())


def upload(who: Person, data: bytes, **form: Any) -> Any:
    """Send a file and wait until it is processed."""
    sent = who.upload(data, **form)
    return until(lambda: one if (one := who.get(f"/api/v1/media/{sent['id']}"))["url"] else None)


def test_a_picture_arrives_with_what_it_shows_and_so_does_a_better_description(alpha: Instance, beta: Instance) -> None:
    ann, bob = alpha.person("ann"), beta.person("bob")
    bob.follow(ann)
    sent = upload(ann, photograph(), description="a field", focus="-0.5,0.25")
    post = ann.write("Look", media_ids=[sent["id"]])
    seen = until(lambda: bob.sees(post["uri"]))
    [file] = seen["media_attachments"]
    assert (file["type"], file["description"], file["blurhash"]) == ("image", "a field", sent["blurhash"])
    assert file["meta"]["focus"] == {"x": -0.5, "y": 0.25}
    assert file["remote_url"] == sent["url"]
    assert file["meta"]["original"]["width"] == 640

    def kept() -> Any:
        [now] = bob.get(f"/api/v1/statuses/{seen['id']}")["media_attachments"]
        return now if "/media/proxy/" not in now["url"] else None

    here = until(kept)
    assert here["url"].startswith(beta.server.url)
    answer = httpx.get(here["url"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert b"Exif" not in answer.content

    said = [{"id": sent["id"], "description": "a field in spring"}]
    ann.put(f"/api/v1/statuses/{post['id']}", status="Look", media_ids=[sent["id"]], media_attributes=said)
    until(
        lambda: (
            [one["description"] for one in bob.get(f"/api/v1/statuses/{seen['id']}")["media_attachments"]]
            == ["a field in spring"]
        )
    )
    versions = bob.get(f"/api/v1/statuses/{seen['id']}/history")
    assert [one["media_attachments"][0]["description"] for one in versions] == ["a field", "a field in spring"]


def test_a_film_arrives_with_its_picture_and_is_fetched_by_whoever_looks(
    alpha: Instance, beta: Instance, tmp_path: Path
) -> None:
    cat, dan = alpha.person("cat"), beta.person("dan")
    film = reel(tmp_path, "made.mov", [*pattern(seconds=1, width=160, height=90), *tone(1), "-pix_fmt", "yuv420p"])
    sent = upload(cat, film, description="a pattern")
    assert sent["type"] == "video"
    post = cat.write(f"{dan.handle} look", media_ids=[sent["id"]])
    seen = until(lambda: dan.sees(post["uri"]))
    [file] = seen["media_attachments"]
    assert (file["type"], file["description"]) == ("video", "a pattern")
    assert file["meta"]["original"]["duration"] == pytest.approx(1, abs=0.3)
    assert "/media/proxy/" in file["url"]
    for url, kind in ((file["preview_url"], "image/jpeg"), (file["url"], "video/mp4")):
        answer = httpx.get(url, follow_redirects=True, timeout=30)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)


def test_what_was_taken_survives_a_crash_while_it_is_processed() -> None:
    with open_folder() as folder, server(folder) as made:
        film = reel(folder, "long.mp4", [*pattern(seconds=20, width=640, height=360), "-pix_fmt", "yuv420p"])
        headers = {"authorization": f"Bearer {made.person('eve')}"}
        files = {"file": ("a.mp4", film, "")}
        sent = httpx.post(f"{made.url}/api/v2/media", files=files, headers=headers, timeout=60)
        assert sent.status_code == 202
        made.kill()
        made.start()
        path = f"{made.url}/api/v1/media/{sent.json()['id']}"
        done = until(lambda: one.json() if (one := httpx.get(path, headers=headers)).status_code == 200 else None)
        assert httpx.get(done["url"]).headers["content-type"] == "video/mp4"

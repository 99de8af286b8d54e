"""What caches may keep, and how somebody who has it already is told so."""

from collections.abc import AsyncIterator

import pytest

from tests.faces.api.caller import Crowd, crowd_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


async def test_what_is_the_same_for_everybody_has_a_validator(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.write("hello")
    first = await crowd.nobody.call("GET", "/api/v1/timelines/public")
    assert first.headers["cache-control"].startswith("public")
    assert first.headers["vary"] == "Authorization, Origin"
    known = {"If-None-Match": f'"other", {first.headers["etag"]}'}
    again = await crowd.nobody.call("GET", "/api/v1/timelines/public", headers=known, expect=304)
    assert (again.content, again.headers["etag"]) == (b"", first.headers["etag"])
    await ann.write("news")
    changed = await crowd.nobody.call("GET", "/api/v1/timelines/public", headers=known)
    assert changed.headers["etag"] != first.headers["etag"]


async def test_what_somebody_sees_is_kept_by_no_cache(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for path in ("/api/v1/timelines/public", "/api/v1/timelines/home"):
        answer = await ann.call("GET", path, headers={"If-None-Match": "*"})
        assert answer.headers["cache-control"] == "private, no-store"
        assert "etag" not in answer.headers

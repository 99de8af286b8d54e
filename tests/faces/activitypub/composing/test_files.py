"""The files of a post as other servers read them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marula.base import imaging
from marula.base.kernel.ids import PostId
from marula.faces.activitypub.vocab.note import note
from marula.views.written import written
from tests.domain.media.sending import film, send, send_picture
from tests.faces.api.caller import Crowd


@pytest.fixture(autouse=True)
async def decoders() -> AsyncIterator[None]:
    """No process afterwards."""
    yield
    await imaging.stop()


async def attached(crowd: Crowd, post: str) -> list[dict[str, object]]:
    ctx = crowd.world.ctx
    async with ctx.db.reading() as db:
        return note(ctx.config, (await written(ctx, db, [PostId(int(post))]))[PostId(int(post))])["attachment"]


async def test_a_picture_is_a_document_with_all_that_is_known_of_it(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    named = await send_picture(ann, description="a field", focus="-0.5,0.25")
    nameless = await send_picture(ann)
    post = await ann.post("/api/v1/statuses", {"media_ids": [named, nameless]})
    first, second = await attached(crowd, post["id"])
    shown = post["media_attachments"][0]
    assert first == {
        "type": "Document",
        "mediaType": "image/png",
        "url": shown["url"],
        "name": "a field",
        "focalPoint": [-0.5, 0.25],
        "blurhash": shown["blurhash"],
        "width": 320,
        "height": 200,
    }
    assert (second["name"], second["focalPoint"]) == (None, [0.0, 0.0])


async def test_a_film_has_a_length_and_a_picture(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, film(tmp_path), version=1)
    post = await ann.post("/api/v1/statuses", {"media_ids": [sent["id"]]})
    [found] = await attached(crowd, post["id"])
    assert found["mediaType"] == "video/mp4"
    assert str(found["duration"]).startswith("PT0.")
    assert found["icon"] == {"type": "Image", "url": sent["preview_url"]}

"""A store that is full, read-only, unreachable, slow or cut off: on every way that a file takes, and afterwards."""

from collections.abc import Awaitable, Callable, MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from marula.base.files import StorageFull, StorageUnreachable
from marula.base.kernel.ids import MediaId
from marula.domain import storage
from marula.domain.media.reactions import process
from marula.domain.storage.cleaning import HELD
from marula.domain.storage.reactions import keep_room, sweep, watch_disk
from marula.faces.files import KeptFiles
from tests.domain.media.sending import film, picture, send, sound
from tests.domain.media.strangers import PICTURE, published
from tests.domain.relationships.people import stranger
from tests.faces.api.caller import HOME, Caller, Crowd
from tests.faces.files.test_pictures import MISSING, serve, shown, somebody
from tests.faults import Fault, Faulty, spoil

Way = Callable[[Crowd, Caller, int | None], Awaitable[httpx.Response]]

AGAIN = "Files cannot be reached at the moment, please try again"
NO_ROOM = "There is no room for files on this server at the moment. Please tell the people who run it"


@pytest.fixture
def store(crowd: Crowd) -> Faulty:
    """Where their files are kept."""
    return spoil(crowd.world.ctx)


async def upload(who: Caller, data: bytes, expect: int | None, version: int = 2, **more: Any) -> httpx.Response:
    files = {"file": ("a.bin", data, "application/octet-stream")} | more
    return await who.call("POST", f"/api/v{version}/media", expect=expect, files=files)


async def a_picture(crowd: Crowd, ann: Caller, expect: int | None = None) -> httpx.Response:
    return await upload(ann, picture(), expect)


async def a_sound_with_its_cover(crowd: Crowd, ann: Caller, expect: int | None = None) -> httpx.Response:
    return await upload(ann, sound(scratch(crowd)), expect, thumbnail=("b.png", picture(64, 64), "image/png"))


async def an_old_film(crowd: Crowd, ann: Caller, expect: int | None = None) -> httpx.Response:
    return await upload(ann, film(scratch(crowd)), expect, version=1)


async def an_avatar(crowd: Crowd, ann: Caller, expect: int | None = None) -> httpx.Response:
    return await ann.call("PATCH", "/api/v1/profile", expect=expect, files={"avatar": ("a", picture(), "image/png")})


async def a_header(crowd: Crowd, ann: Caller, expect: int | None = None) -> httpx.Response:
    path = "/api/v1/accounts/update_credentials"
    return await ann.call("PATCH", path, expect=expect, files={"header": ("a", picture(), "image/png")})


TAKEN: dict[Way, int] = {a_picture: 200, a_sound_with_its_cover: 202, an_old_film: 200, an_avatar: 200, a_header: 200}
"""The ways of a file, and the status when it was taken."""

PUTTING = [
    ("put", Fault.FULL, 422, NO_ROOM),
    ("room", Fault.FULL, 422, NO_ROOM),
    ("put", Fault.READ_ONLY, 503, AGAIN),
    ("put", Fault.UNREACHABLE, 503, AGAIN),
    ("room", Fault.UNREACHABLE, 503, AGAIN),
    ("put", Fault.CUT, 503, AGAIN),
    ("put", Fault.LATE, 503, AGAIN),
]


def scratch(crowd: Crowd) -> Path:
    """A folder for files that are made in a test."""
    folder = crowd.world.ctx.config.incoming_dir.parent / "samples"
    folder.mkdir(exist_ok=True)
    return folder


async def check_ledger(crowd: Crowd, store: Faulty) -> None:
    """Hours later no file is without its row, and no row without its file; nothing lies where files come in."""
    crowd.world.clock.advance(2 * HELD)
    await sweep(crowd.world.ctx)
    rows = {row["key"]: row["size"] for row in await crowd.world.rows("select key, size from blobs")}
    found = {kept.key: kept.size async for kept in store.inner.listed()}
    parts = {key for key in found if key.endswith(".part")}
    assert {key[: -len(".01234567.part")] for key in parts} <= set(rows), "what was cut off goes with its file"
    assert {key: size for key, size in found.items() if key not in parts} == rows
    assert list(crowd.world.ctx.config.incoming_dir.glob("*")) == []


async def blobs(crowd: Crowd) -> int:
    return len(await crowd.world.rows("select from blobs"))


@pytest.mark.parametrize("way", list(TAKEN))
@pytest.mark.parametrize(("method", "fault", "status", "sentence"), PUTTING)
async def test_what_cannot_be_stored_is_refused_and_leaves_nothing(
    crowd: Crowd, store: Faulty, way: Way, method: str, fault: Fault, status: int, sentence: str
) -> None:
    ann = await crowd.join("ann")
    store.faults[method] = fault
    answer = await way(crowd, ann, status)
    assert answer.json()["error"] == sentence
    assert store.met > 0
    store.faults.clear()
    await check_ledger(crowd, store)
    assert await blobs(crowd) == 0
    await way(crowd, ann, TAKEN[way])
    await crowd.world.settle()
    assert await blobs(crowd) > 0


@pytest.mark.parametrize("way", list(TAKEN))
async def test_a_slow_store_is_waited_for(crowd: Crowd, store: Faulty, way: Way) -> None:
    ann = await crowd.join("ann")
    store.faults |= {"put": Fault.SLOW, "read": Fault.SLOW}
    await way(crowd, ann, TAKEN[way])
    await crowd.world.settle()
    assert store.met > 0
    await check_ledger(crowd, store)


@pytest.mark.parametrize("method", ["stat", "read"])
async def test_a_store_that_does_not_answer_is_told_of_and_not_remembered(
    crowd: Crowd, store: Faulty, method: str
) -> None:
    sent = await send(await crowd.join("ann"), picture())
    store.faults[method] = Fault.UNREACHABLE
    answer = await crowd.client.get(sent["url"])
    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
    store.faults.clear()
    assert (await crowd.client.get(sent["url"])).status_code == 200


@pytest.mark.parametrize("cut", ["by the store", "on the disk"])
async def test_an_answer_that_breaks_off_never_looks_whole(crowd: Crowd, store: Faulty, cut: str) -> None:
    sent = await send(await crowd.join("ann"), picture())
    key = sent["url"].removeprefix(f"{HOME}/media/")
    whole = await store.stat(key)
    assert whole is not None
    if cut == "by the store":
        store.faults["read"] = Fault.CUT
    else:
        store.told[key] = whole.size + 1000
    told: list[MutableMapping[str, Any]] = []

    async def take(message: MutableMapping[str, Any]) -> None:
        told.append(message)

    async def nothing() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    first, second, name = key.split("/")
    path_params = {"first": first, "second": second, "name": name}
    scope = {"type": "http", "method": "GET", "headers": [], "path_params": path_params}
    await KeptFiles(crowd.world.ctx)(scope, nothing, take)
    assert [one["type"] for one in told].count("http.response.start") == 1
    assert told[0]["status"] == 200
    assert all(one["more_body"] for one in told[1:])


@pytest.mark.parametrize(
    ("method", "fault"),
    [("read", Fault.UNREACHABLE), ("read", Fault.CUT), ("put", Fault.FULL), ("put", Fault.CUT), ("put", Fault.LATE)],
)
async def test_a_film_that_was_taken_is_processed_once_the_store_is_back(
    crowd: Crowd, store: Faulty, tmp_path: Path, method: str, fault: Fault
) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, film(tmp_path), expect=202)
    store.faults[method] = fault

    with pytest.raises((StorageFull, StorageUnreachable)):
        await process(crowd.world.ctx, MediaId(int(sent["id"])))
    assert (await ann.get(f"/api/v1/media/{sent['id']}", expect=206))["url"] is None
    store.faults.clear()
    await crowd.world.settle()
    assert (await ann.get(f"/api/v1/media/{sent['id']}"))["url"] is not None
    assert len(await crowd.world.facts("MediaProcessed")) == 1
    await check_ledger(crowd, store)


FULL = [("put", Fault.FULL), ("room", Fault.FULL)]
BROKEN = [("put", Fault.READ_ONLY), ("put", Fault.CUT), ("put", Fault.LATE)]


@pytest.mark.parametrize(("method", "fault", "status"), [(*one, 200) for one in FULL] + [(*one, 503) for one in BROKEN])
async def test_a_file_of_another_server_is_fetched_again_once_the_store_is_back(
    crowd: Crowd, store: Faulty, method: str, fault: Fault, status: int
) -> None:
    crowd.world.internet.server("files.example").serve(PICTURE.url, picture(), kind="image/png")
    ann = await crowd.join("ann")
    post = await published(crowd.world, await stranger(crowd.world, "bob"), PICTURE)
    [file] = (await ann.get(f"/api/v1/statuses/{post}"))["media_attachments"]
    store.faults[method] = fault
    assert (await crowd.client.get(file["url"])).status_code == status
    assert store.met > 0
    store.faults.clear()
    await check_ledger(crowd, store)
    assert await blobs(crowd) == 0
    crowd.world.clock.advance(timedelta(days=6))
    assert (await crowd.client.get(file["url"])).status_code == 302
    await check_ledger(crowd, store)
    assert await blobs(crowd) > 0


@pytest.mark.parametrize(
    ("method", "fault", "shows"), [(*one, None) for one in FULL] + [(*one, MISSING) for one in BROKEN]
)
async def test_an_avatar_of_another_server_is_passed_on_where_there_is_no_room_and_else_another_stands_in(
    crowd: Crowd, store: Faulty, method: str, fault: Fault, shows: str | None
) -> None:
    serve(crowd)
    url = (await shown(crowd, await somebody(crowd)))["avatar"]
    store.faults[method] = fault
    answer = await crowd.client.get(url)
    assert (answer.status_code, answer.headers.get("location")) == (302 if shows else 200, shows)
    store.faults.clear()
    await check_ledger(crowd, store)
    assert await blobs(crowd) == 0


@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.READ_ONLY, Fault.CUT, Fault.LATE])
async def test_what_could_not_be_removed_goes_later(crowd: Crowd, store: Faulty, fault: Fault) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, picture())
    await ann.call("DELETE", f"/api/v1/media/{sent['id']}")
    crowd.world.clock.advance(2 * HELD)
    store.faults["delete"] = fault
    with pytest.raises(StorageUnreachable):
        await sweep(crowd.world.ctx)
    assert await blobs(crowd) > 0
    store.faults.clear()
    await check_ledger(crowd, store)
    assert await blobs(crowd) == 0


@pytest.mark.parametrize(
    ("method", "fault"), [("listed", Fault.UNREACHABLE), ("listed", Fault.CUT), ("stat", Fault.UNREACHABLE)]
)
async def test_a_ledger_is_not_mended_by_a_store_that_does_not_answer(
    crowd: Crowd, store: Faulty, method: str, fault: Fault
) -> None:
    await send(await crowd.join("ann"), picture())
    before = await blobs(crowd)
    store.faults[method] = fault
    with pytest.raises(StorageUnreachable):
        await storage.reconcile(crowd.world.ctx, mend=True)
    assert await blobs(crowd) == before > 0


async def test_a_store_whose_room_cannot_be_told_stops_no_reading(crowd: Crowd, store: Faulty) -> None:
    sent = await send(await crowd.join("ann"), picture())
    store.faults["room"] = Fault.UNREACHABLE
    for job in (keep_room, watch_disk):
        with pytest.raises(StorageUnreachable):
            await job(crowd.world.ctx)
    assert (await crowd.client.get(sent["url"].removeprefix(HOME))).status_code == 200


async def test_a_full_disk_stops_nothing_but_files(crowd: Crowd, store: Faulty) -> None:
    ann = await crowd.join("ann")
    sent = await send(ann, picture())
    store.faults["room"] = Fault.FULL
    post = await ann.write("there is room for words", media_ids=[sent["id"]])
    assert [one["id"] for one in post["media_attachments"]] == [sent["id"]]
    await crowd.world.settle()
    assert [one["id"] for one in await ann.get("/api/v1/timelines/home")] == [post["id"]]
    await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    assert (await a_picture(crowd, ann)).status_code == 422

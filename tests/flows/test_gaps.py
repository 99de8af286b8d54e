"""A client that asks for what is newer than the newest it saw misses nothing, however many write at once."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import httpx
from websockets.asyncio.client import connect

from tests.flows.server import Server, server
from tests.folders import open_folder

WRITERS = ("ada", "ben", "cleo", "dan")
EACH = 60
TIMELINES = (
    "/api/v1/timelines/home",
    "/api/v1/timelines/public",
    "/api/v1/notifications",
    "/api/v1/timelines/list/{list}",
)


async def test_nothing_is_missed_while_many_write_at_once() -> None:
    with open_folder() as folder, server(folder, MARULA_WEB_WORKERS="2", MARULA_JOB_WORKERS="2") as made:
        tokens = [made.person(name) for name in WRITERS]
        async with _client(made, made.person("reader")) as reader:
            kept = await _follow_all(reader)
            over = asyncio.Event()
            asking = [
                asyncio.create_task(_ask_again_and_again(reader, path.format(list=kept), over)) for path in TIMELINES
            ]
            listening = asyncio.create_task(_listen_in_pieces(made, reader, over))
            written = {one for each in await asyncio.gather(*(_write(made, token) for token in tokens)) for one in each}
            await _eventually(lambda: _arrived(reader, len(written)))
            over.set()
            seen = await asyncio.gather(*asking)
            heard = await listening
    assert len(written) == len(WRITERS) * EACH
    for path, found in zip(TIMELINES, seen, strict=True):
        assert written - found == set(), f"{path} left out some"
    assert written - heard == set(), "what was missed while no stream was open was not among what is newer"


async def _follow_all(reader: httpx.AsyncClient) -> str:
    """Follow the writers, be told of their posts, and have them on a list. Gives the list."""
    kept: str = (await reader.post("/api/v1/lists", json={"title": "writers"})).json()["id"]
    await reader.get("/api/v1/timelines/home")
    for name in WRITERS:
        account = (await reader.get(f"/api/v1/accounts/lookup?acct={name}")).json()["id"]
        assert (await reader.post(f"/api/v1/accounts/{account}/follow", json={"notify": True})).status_code == 200
        added = await reader.post(f"/api/v1/lists/{kept}/accounts", json={"account_ids": [account]})
        assert added.status_code == 200
    await reader.get(f"/api/v1/timelines/list/{kept}")
    await _eventually(lambda: _home_is_kept(reader))
    return kept


async def _home_is_kept(reader: httpx.AsyncClient) -> bool:
    return (await reader.get("/api/v1/timelines/home")).status_code == 200


async def _write(made: Server, token: str) -> list[str]:
    """Post several at a time. Gives the ids."""
    together = asyncio.Semaphore(4)

    async def post(api: httpx.AsyncClient, number: int) -> str:
        async with together:
            answer = await api.post("/api/v1/statuses", json={"status": f"post {number}"})
        assert answer.status_code == 200
        return answer.json()["id"]

    async with _client(made, token) as api:
        return await asyncio.gather(*(post(api, number) for number in range(EACH)))


async def _ask_again_and_again(reader: httpx.AsyncClient, path: str, over: asyncio.Event) -> set[str]:
    """The posts that somebody sees who asks for nothing but what is newer than the newest they saw."""
    newest, found = "0", set[str]()
    while True:
        last = over.is_set()
        newest = await _newer(reader, path, newest, found)
        if last:
            return found


async def _newer(reader: httpx.AsyncClient, path: str, newest: str, found: set[str]) -> str:
    """Add what is newer than `newest`, page by page. Gives the newest."""
    asked = {"since_id": newest, "limit": "40"}
    while page := (await reader.get(path, params=asked)).json():
        assert "error" not in page, page
        found |= {one["status"]["id"] if "status" in one else one["id"] for one in page}
        newest = max(newest, page[0]["id"], key=int)
        asked["max_id"] = page[-1]["id"]
    return newest


async def _listen_in_pieces(made: Server, reader: httpx.AsyncClient, over: asyncio.Event) -> set[str]:
    """The posts that somebody has whose connection breaks again and again, and who asks for what is newer each time."""
    newest, found = "0", set[str]()
    address = made.url.replace("http", "ws") + "/api/v1/streaming?stream=user"
    while not over.is_set():
        headers = {"Authorization": reader.headers["Authorization"]}
        async with connect(address, additional_headers=headers) as socket:
            newest = await _newer(reader, "/api/v1/timelines/home", newest, found)
            for _ in range(15):
                try:
                    event = json.loads(await asyncio.wait_for(socket.recv(), 1))
                except TimeoutError:
                    break
                if event["event"] == "update":
                    one = json.loads(event["payload"])["id"]
                    found.add(one)
                    newest = max(newest, one, key=int)
    await _newer(reader, "/api/v1/timelines/home", newest, found)
    return found


async def _arrived(reader: httpx.AsyncClient, number: int) -> bool:
    found = set[str]()
    for path in TIMELINES[:1] + TIMELINES[2:3]:
        found.clear()
        await _newer(reader, path, "0", found)
        if len(found) < number:
            return False
    return True


async def _eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(300):
        if await holds():
            return
        await asyncio.sleep(0.2)
    raise AssertionError("it did not come about within a minute")


def _client(made: Server, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=made.url, headers={"Authorization": f"Bearer {token}"}, timeout=30)

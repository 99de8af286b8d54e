"""Whatever was answered with success survives `kill -9`, with all that follows from it, once."""

import asyncio
import contextlib

import asyncpg
import httpx

from tests.flows.server import Server, server
from tests.folders import open_folder

POSTS = 200


async def test_what_was_answered_is_there_after_a_crash() -> None:
    with open_folder() as folder, server(folder) as made:
        writer, reader = made.person("writer"), made.person("reader")
        async with _client(made, reader) as api:
            writing = (await api.get("/api/v1/accounts/lookup?acct=writer")).json()["id"]
            await api.get("/api/v1/timelines/home")
            assert (await api.post(f"/api/v1/accounts/{writing}/follow", json={"notify": True})).status_code == 200
        answered = await _post_until_killed(made, writer)
        assert 20 < len(answered) < POSTS, f"{len(answered)} posts were answered before the crash"
        made.start()
        await _check(made, reader, answered)


async def _post_until_killed(made: Server, token: str) -> dict[str, str]:
    """Post side by side and kill the server in the middle. Gives the ids that were answered with 200, by text."""
    answered: dict[str, str] = {}
    refused: list[int] = []
    reached = asyncio.Event()

    async def post(api: httpx.AsyncClient, number: int) -> None:
        text = f"post number {number}"
        with contextlib.suppress(httpx.TransportError):
            answer = await api.post(
                "/api/v1/statuses", json={"status": text}, headers={"Idempotency-Key": f"key {number}"}
            )
            if answer.status_code != 200:
                refused.append(answer.status_code)
            else:
                answered[text] = answer.json()["id"]
                if len(answered) > POSTS // 4:
                    reached.set()

    async def kill() -> None:
        async with asyncio.timeout(60):
            await reached.wait()
        await asyncio.to_thread(made.kill)

    limits = httpx.Limits(max_connections=20)
    async with _client(made, token, limits) as api:
        killing = asyncio.create_task(kill())
        await asyncio.gather(*(post(api, number) for number in range(POSTS)))
        assert set(refused) <= {503}
        await killing
    return answered


async def _check(made: Server, reader: str, answered: dict[str, str]) -> None:
    connection = await asyncpg.connect(f"postgresql://marula@/marula?host={made.data}/postgres/run")
    try:
        for _ in range(200):
            if not await connection.fetchval("select count(*) from jobs where run_at <= now()"):
                break
            await asyncio.sleep(0.1)
        written = await connection.fetch("select text, count(*) as copies from posts group by text")
        copies = {row["text"]: row["copies"] for row in written}
        assert [text for text in answered if copies.get(text) != 1] == []
        assert [text for text, number in copies.items() if number > 1] == []
        assert await connection.fetchval("select count(*) from jobs where dead_at is not null") == 0
        entries = await connection.fetchval(
            "select count(*) from home_entries e join users u on u.account_id = e.account_id "
            "where u.email = 'reader@example.org'"
        )
        assert entries == len(copies)
        told = await connection.fetchval("select count(*) from notifications where kind = 'status'")
        assert told == len(copies)
        counted = await connection.fetchval("select max(statuses_count) from account_stats")
        assert counted == len(copies)
    finally:
        await connection.close()
    async with _client(made, reader) as api:
        seen: set[str] = set()
        page = (await api.get("/api/v1/timelines/home?limit=40")).json()
        while page:
            seen |= {post["id"] for post in page}
            page = (await api.get(f"/api/v1/timelines/home?limit=40&max_id={page[-1]['id']}")).json()
    assert set(answered.values()) <= seen


def _client(made: Server, token: str, limits: httpx.Limits | None = None) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=made.url,
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
        limits=limits or httpx.Limits(),
    )

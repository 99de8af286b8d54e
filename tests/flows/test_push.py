"""A push is sent in the end, though the push service had no time and the server died meanwhile."""

import asyncio
from pathlib import Path

import httpx

from tests.faces.couriers.certificates import new_certificate
from tests.faces.couriers.push_service import Program, PushService, push_service
from tests.flows.server import Server, server
from tests.folders import open_folder

PATIENCE = 60.0


async def test_a_push_survives_a_crash(tmp_path: Path) -> None:
    certificate = new_certificate(tmp_path)
    settings = {"ALLOWED_PRIVATE_ADDRESSES": "127.0.0.0/8", "SSL_CERT_FILE": str(certificate.path)}
    with open_folder() as folder:
        async with push_service(certificate.context) as service:
            with server(folder, **settings) as made:
                await _check(made, service)


async def _check(made: Server, service: PushService) -> None:
    fay, gus = [await asyncio.to_thread(made.person, name) for name in ("fay", "gus")]
    program = Program()
    wanted = {"endpoint": f"{service.url}/fay", "keys": program.keys, "standard": True}
    service.status = 503
    async with httpx.AsyncClient(base_url=made.url, timeout=30) as api:
        sent = {"subscription": wanted, "data": {"alerts": {"mention": True}}}
        answer = await api.post("/api/v1/push/subscription", json=sent, headers=_as(fay))
        assert answer.status_code == 200, answer.text
        await api.post("/api/v1/statuses", json={"status": "hello @fay"}, headers=_as(gus))
        await _until_sent(service, 1)
    await asyncio.to_thread(made.kill)
    service.status = 201
    await asyncio.to_thread(made.start)
    await _until_sent(service, 2)
    (push,) = service.pushes
    payload = program.read(push)
    assert (payload["title"], payload["access_token"]) == ("gus mentioned you", fay)


async def _until_sent(service: PushService, number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(service.all) < number:  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.1)


def _as(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}

"""A push service of our own on this machine, and a program that reads what it was sent."""

import json
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from marula.base.kernel import vapid
from tests.push_reader import point, read_before, read_standard

AUTH = b"0123456789abcdef"


class Push(msgspec.Struct, frozen=True):
    """What the push service was sent."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService:
    """Keeps what it is sent, and answers as it is told to."""

    def __init__(self) -> None:
        self.url = ""
        self.status = 201
        self.all: list[Push] = []

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.all.append(Push(request.path, headers, await request.read()))
        return web.Response(status=self.status)

    @property
    def pushes(self) -> list[Push]:
        """What is delivered: of several with one topic, the last. Spec: RFC 8030, 5.4"""
        return list({push.headers["topic"]: push for push in self.all}.values())


@asynccontextmanager
async def push_service(context: ssl.SSLContext) -> AsyncGenerator[PushService, None]:
    """A push service that is there until the block ends."""
    made = PushService()
    app = web.Application()
    app.router.add_post("/{path:.*}", made.take)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    made.url = f"https://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()


class Program:
    """The keys of a program, and how it reads pushes."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(vapid.CURVE)
        self.keys = {"p256dh": vapid.text_of(point(self._private)), "auth": vapid.text_of(AUTH)}

    def read(self, push: Push) -> dict[str, Any]:
        """The payload of a push, in either encoding."""
        if push.headers["content-encoding"] == "aes128gcm":
            return json.loads(read_standard(push.body, self._private, AUTH))
        return json.loads(read_before(push.body, push.headers, self._private, AUTH))


def proof(push: Push) -> tuple[dict[str, Any], str]:
    """The claims of a push and the key that proves them. Raises InvalidSignature."""
    scheme, _, rest = push.headers["authorization"].partition(" ")
    if scheme == "vapid":
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        token, key = parts["t"], parts["k"]
    else:
        token, key = rest, push.headers["crypto-key"].partition("p256ecdsa=")[2]
    head, claims, signature = token.split(".")
    raw = vapid.octets(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(vapid.CURVE, vapid.octets(key))
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert json.loads(vapid.octets(head)) == {"typ": "JWT", "alg": "ES256"}
    return json.loads(vapid.octets(claims)), key

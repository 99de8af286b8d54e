"""A request as it came in: address, headers and body, with limits."""

import ipaddress
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

BODY_LIMIT = 1024 * 1024
"""Bytes of a body that is not an upload. Spec: Mastodon, http.body_limit."""

MOST_PAIRS = 2000


class BadRequest(Exception):
    """The bytes cannot be read as what they claim to be. `status` is 400 or 413."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.why = why
        self.status = status


class Request:
    """One HTTP request. Everything is read when it is asked for.

    `done`: what is to be done when it is answered, or will not be.
    """

    __slots__ = ("_body", "_headers", "_pairs", "_receive", "done", "scope")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self._receive = receive
        self._headers: dict[bytes, bytes] | None = None
        self._pairs: list[tuple[str, str]] | None = None
        self._body: bytes | None = None
        self.done: list[Callable[[], None]] = []

    @property
    def method(self) -> str:
        return self.scope["method"]

    @property
    def path(self) -> str:
        return self.scope["path"]

    def header(self, name: bytes) -> str | None:
        """A header by its lower-case name; the last one when it is repeated."""
        if self._headers is None:
            self._headers = dict(self.scope["headers"])
        value = self._headers.get(name)
        return None if value is None else value.decode("latin-1")

    @property
    def address(self) -> str:
        """The client's address as the outermost layer decided it (see TRUSTED_PROXY_IP)."""
        client = self.scope.get("client")
        return client[0] if client else "127.0.0.1"

    @property
    def network(self) -> str:
        """The address for counting: IPv6 addresses are grouped by /64. Spec: limits.json, rate_limits.ipv6."""
        address = self.address
        if ":" not in address:
            return address
        try:
            return str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False).network_address)
        except ValueError:
            return address

    def query_pairs(self) -> list[tuple[str, str]]:
        """The query string. Raises BadRequest when it is not UTF-8 or has too many parts."""
        if self._pairs is None:
            raw: bytes = self.scope["query_string"]
            self._pairs = pairs(raw) if raw else []
        return self._pairs

    async def body(self) -> bytes:
        """The whole body. Raises BadRequest (413) when it is larger than BODY_LIMIT."""
        if self._body is not None:
            return self._body
        self._body = b"".join([chunk async for chunk in self.chunks(BODY_LIMIT)])
        return self._body

    async def chunks(self, most: int) -> AsyncGenerator[bytes]:
        """The body as it comes, once. Raises BadRequest (413) when it is larger, as soon as that is known."""
        said = self.header(b"content-length") or ""
        if said.isascii() and said.isdigit() and len(said) < 20 and int(said) > most:
            raise _too_large(most)
        size = 0
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise BadRequest("the client went away")
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            if size > most:
                raise _too_large(most)
            yield chunk
            if not message.get("more_body"):
                return

    def end(self) -> None:
        """Do what is to be done after the answer."""
        for one in self.done:
            one()
        self.done.clear()


def _too_large(most: int) -> BadRequest:
    return BadRequest(f"the request is larger than {most // 1024 // 1024} MB", 413)


def pairs(raw: bytes) -> list[tuple[str, str]]:
    """The name-value pairs of a URL-encoded text. Raises BadRequest."""
    try:
        return parse_qsl(
            raw.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MOST_PAIRS
        )
    except UnicodeDecodeError as error:
        raise BadRequest("Invalid parameter encoding: the request is not UTF-8") from error
    except ValueError as error:
        raise BadRequest("the request has too many parameters") from error

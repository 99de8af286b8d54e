"""The HTTP client."""

import asyncio
import ipaddress
import ssl
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import aiohttp
import msgspec

from marula import __version__
from marula.base.kernel.config import Config
from marula.base.kernel.errors import Unreachable
from marula.base.net.guard import Network, forbidden, guarded_socket
from marula.base.net.recent import Recent

CONNECT, READ = 5.0, 10.0
"""Seconds for a connection with TLS, and between two parts of an answer."""

REDIRECTS = (301, 302, 303, 307, 308)


class Uncallable(Unreachable):
    """The address itself is none that may be called, so asking again will not help."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one call may take: bytes of the answer, unpacked; time in all; redirects, none for anything but GET.

    `cut`: an answer that is too long ends there; otherwise it is a failure. `into`: a file for the body of an answer
    with status 200, which is never whole in memory then.
    """

    size: int = 1024 * 1024
    cut: bool = False
    into: Path | None = None
    time: timedelta = timedelta(seconds=30)
    redirects: int = 3


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back. `headers` by names in lower case; `url` is the address that answered, after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def media_type(self) -> str:
        """The type of the body, in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Http:
    """Calls to other servers. Connections are kept and used again; closed with the process.

    `troubles`: addresses that failed lately, and why, for those who want to leave them alone for two minutes.
    """

    def __init__(self, agent: str, *, allowed: Sequence[str] = (), ca_file: str | None = None) -> None:
        """`agent`: how we present ourselves. `allowed`: private networks that may be called, also without TLS."""
        self._agent = agent
        self._allowed = [ipaddress.ip_network(text, strict=False) for text in allowed]
        self._ca_file = ca_file
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self.troubles = Recent(seconds=120, most=10_000)

    @classmethod
    def of(cls, config: Config) -> Self:
        """The client of a process, as its settings say."""
        agent = f"Marula/{__version__} (+{config.web_url}/)"
        return cls(agent, allowed=config.allowed_private_addresses, ca_file=config.ca_file)

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | Callable[[str], Mapping[str, str]] | None = None,
        limits: Limits | None = None,
        trusted: bool = False,
        insecure: bool = False,
    ) -> Answer:
        """Read an address, following redirects.

        Takes: `headers`, or a function that makes them for each address on the way, for they may be signed. `trusted`:
        the operator chose the address, so it may be private and without TLS. `insecure`: a page for everybody, which
        may be without TLS.
        Raises: Unreachable with the reason, in words; Uncallable when that will not change.
        """
        bounds = limits or Limits()
        here = url
        for _ in range(bounds.redirects + 1):
            sent = headers(here) if callable(headers) else headers or {}
            self._check(here, insecure=trusted or insecure)
            answer = await self._call("GET", here, None, sent, bounds, trusted)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or target is None:
                return answer
            here = urljoin(here, target)
        raise Unreachable(f"{_host(url)} redirects too often")

    async def post(
        self,
        url: str,
        body: bytes,
        *,
        headers: Mapping[str, str],
        limits: Limits | None = None,
        trusted: bool = False,
    ) -> Answer:
        """Send a body. A redirect is not followed: it is the answer. Raises: as `get`."""
        self._check(url, insecure=trusted)
        return await self._call("POST", url, body, headers, limits or Limits(), trusted)

    async def close(self) -> None:
        """Close all connections."""
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    async def _call(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], limits: Limits, trusted: bool
    ) -> Answer:
        if not trusted and _forbidden(_host(url), self._allowed):
            raise Uncallable(f"{_host(url)} is an address that must not be called")
        try:
            async with (
                asyncio.timeout(limits.time.total_seconds()),
                self._session(trusted).request(
                    method, url, data=body, headers=headers, allow_redirects=False
                ) as response,
            ):
                return Answer(
                    status=response.status,
                    headers={name.lower(): value for name, value in response.headers.items()},
                    body=await _kept(response, limits),
                    url=url,
                )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise Unreachable(f"{_host(url)} {_reason(error)}") from error

    def _check(self, url: str, *, insecure: bool) -> None:
        try:
            parts = urlsplit(url)
            known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            parts, known = None, False
        if parts is None or not known or parts.username is not None:
            raise Uncallable("This is no address that can be called")
        if parts.scheme == "http" and not (insecure or self._allowed):
            raise Uncallable(f"{parts.hostname} can only be called with https")

    def _session(self, trusted: bool) -> aiohttp.ClientSession:
        found = self._sessions.get(trusted)
        if found is None:
            everything = [ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0")]
            connector = aiohttp.TCPConnector(
                limit=256,
                limit_per_host=16,
                ttl_dns_cache=60,
                ssl=ssl.create_default_context(cafile=self._ca_file),
                socket_factory=guarded_socket(everything if trusted else self._allowed),
            )
            found = self._sessions[trusted] = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"user-agent": self._agent},
                timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_read=READ),
                max_line_size=16 * 1024,
                max_field_size=16 * 1024,
            )
        return found


async def _kept(response: aiohttp.ClientResponse, limits: Limits) -> bytes:
    """The body; nothing of it when it is to go into a file, and has gone there. Raises as `_body`."""
    if limits.into is None or response.status != HTTPStatus.OK:
        return await _body(response, limits)
    if (response.content_length or 0) > limits.size:
        raise ValueError("sends too much")
    total = 0
    file = await asyncio.to_thread(limits.into.open, "wb")
    with file:
        async for part in response.content.iter_chunked(256 * 1024):
            total += len(part)
            if total > limits.size:
                raise ValueError("sends too much")
            await asyncio.to_thread(file.write, part)
    return b""


async def _body(response: aiohttp.ClientResponse, limits: Limits) -> bytes:
    """The body, unpacked. Raises ValueError when it is too long, before it is all there, unless it may be cut."""
    if not limits.cut and (response.content_length or 0) > limits.size:
        raise ValueError("sends too much")
    parts: list[bytes] = []
    total = 0
    async for part in response.content.iter_chunked(64 * 1024):
        total += len(part)
        parts.append(part)
        if total > limits.size:
            if not limits.cut:
                raise ValueError("sends too much")
            response.close()
            break
    return b"".join(parts)[: limits.size]


def _forbidden(host: str, allowed: Sequence[Network]) -> bool:
    """Whether this is an address, and not a name, and must not be called."""
    try:
        return forbidden(ipaddress.ip_address(host.partition("%")[0]), allowed)
    except ValueError:
        return False


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "The server"
    except ValueError:
        return "The server"


def _reason(error: Any) -> str:
    """What went wrong, to follow the name of the host."""
    if isinstance(error, TimeoutError):
        return "does not answer in time"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "cannot be found: its name is not known"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "has a certificate that is not valid"
    if isinstance(error, aiohttp.ClientSSLError):
        return "cannot be called securely"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "breaks off its answer"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"cannot be reached: {error.strerror or error}"
    return str(error) if isinstance(error, ValueError) else f"does not speak HTTP properly: {type(error).__name__}"

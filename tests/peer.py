"""Other servers, as a test needs them: people with keys, what they serve, what they are sent and what they send.

`world.internet` is everything outside. `internet.server("beta.example").person("bob")` is somebody there: others fetch
and find them, they sign what they send, and their inbox keeps what it is sent.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urljoin, urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from marula.base.crypto.keys import KeyPair, private_key
from marula.base.crypto.signatures import Form, Message, sign
from marula.base.kernel.errors import Unreachable
from marula.base.net import Answer, Http, Limits

ACTIVITY = "application/activity+json; charset=utf-8"
JRD = "application/jrd+json; charset=utf-8"
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"

Document: TypeAlias = dict[str, Any]


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One request that this server made."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Document:
        """The body as JSON."""
        return msgspec.json.decode(self.body)


Serve: TypeAlias = Callable[[Sent], Answer | Awaitable[Answer]]


class Internet:
    """Everything outside: other servers by host, and every request that was made to them, in order."""

    def __init__(self) -> None:
        self.servers: dict[str, Server] = {}
        self.requests: list[Sent] = []
        self._keys = 0

    def server(self, host: str) -> "Server":
        """The server of this host, made when it is first named."""
        return self.servers.setdefault(host, Server(self, host))

    def next_key(self) -> KeyPair:
        """A key pair that nobody here has yet. They are made once for all tests."""
        self._keys += 1
        while len(_KEYS) < self._keys:
            _KEYS.append(_new_keys())
        return _KEYS[self._keys - 1]

    async def answer(self, sent: Sent) -> Answer:
        """What the server of this host says."""
        self.requests.append(sent)
        return await self.servers[urlsplit(sent.url).netloc].answer(sent)


_KEYS: list[KeyPair] = []


def _new_keys() -> KeyPair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return KeyPair(private.decode(), public.decode())


class Server:
    """Another server. What it does not serve is 404; its inboxes take everything (202)."""

    def __init__(self, internet: Internet, host: str) -> None:
        self._internet = internet
        self.host = host
        self.people: dict[str, Somebody] = {}
        self.served: dict[tuple[str, str], Serve] = {}

    @property
    def inbox(self) -> str:
        """The address of the shared inbox."""
        return f"https://{self.host}/inbox"

    def person(self, name: str, /, **changes: Any) -> "Somebody":
        """Somebody there, who can be fetched and found. `changes`: of their document; None leaves a property out."""
        found = Somebody(self, name, self._internet.next_key(), changes)
        self.people[name] = found
        self.serve(found.uri, found.document)
        return found

    def serve(
        self,
        address: str,
        what: Document | bytes | str,
        *,
        status: int = 200,
        kind: str = ACTIVITY,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Answer GET of this address, or path, with a document or other bytes. Gives the whole address."""
        text = msgspec.json.encode(what) if isinstance(what, dict) else what
        body = text.encode() if isinstance(text, str) else text
        sent = {"content-type": kind} | dict(headers or {})
        url = urljoin(f"https://{self.host}/", address)
        return self.on("GET", url, lambda asked: Answer(status=status, headers=sent, body=body, url=asked.url))

    def redirect(self, address: str, target: str) -> str:
        """Answer GET of this address with a redirect."""
        return self.serve(address, b"", status=302, headers={"location": target})

    def on(self, method: str, address: str, serve: Serve) -> str:
        """Answer requests of this method and address with what `serve` gives or raises. Gives the whole address."""
        url = urljoin(f"https://{self.host}/", address)
        self.served[method, url.partition("#")[0]] = serve
        return url

    def received(self, kind: str | None = None) -> list[Document]:
        """The activities that the inboxes of this server were sent, oldest first; of this type only, when given."""
        posted = [one.document for one in self._internet.requests if one.method == "POST" and self._is_inbox(one.url)]
        return [one for one in posted if kind is None or one["type"] == kind]

    async def answer(self, sent: Sent) -> Answer:
        """The answer to one request."""
        serve = self.served.get((sent.method, sent.url.partition("#")[0]))
        if serve is not None:
            found = serve(sent)
            return await found if inspect.isawaitable(found) else found
        if sent.method == "POST" and self._is_inbox(sent.url):
            return Answer(status=202, headers={}, body=b"", url=sent.url)
        if urlsplit(sent.url).path == "/.well-known/webfinger":
            return self._finger(sent)
        return Answer(status=404, headers={"content-type": "text/plain"}, body=b"Not Found", url=sent.url)

    def _is_inbox(self, url: str) -> bool:
        return urlsplit(url).netloc == self.host and url.endswith("/inbox")

    def _finger(self, sent: Sent) -> Answer:
        resource = parse_qs(urlsplit(sent.url).query).get("resource", [""])[0]
        for one in self.people.values():
            if resource.lower() in (f"acct:{one.handle}".lower(), one.uri.lower()):
                link = {"rel": "self", "type": "application/activity+json", "href": one.uri}
                body = msgspec.json.encode({"subject": f"acct:{one.handle}", "links": [link]})
                return Answer(status=200, headers={"content-type": JRD}, body=body, url=sent.url)
        return Answer(status=404, headers={}, body=b"", url=sent.url)


class Somebody:
    """An actor of another server."""

    def __init__(self, server: Server, name: str, keys: KeyPair, changes: Mapping[str, Any]) -> None:
        self.server = server
        self.name = name
        self.handle = f"{name}@{server.host}"
        self.uri = f"https://{server.host}/users/{name}"
        self.keys = keys
        self.key_uri = f"{self.uri}#main-key"
        self._made = 0
        document = {
            "@context": CONTEXT,
            "id": self.uri,
            "type": "Person",
            "preferredUsername": name,
            "name": name.title(),
            "summary": "",
            "url": f"https://{server.host}/@{name}",
            "inbox": f"{self.uri}/inbox",
            "outbox": f"{self.uri}/outbox",
            "followers": f"{self.uri}/followers",
            "following": f"{self.uri}/following",
            "endpoints": {"sharedInbox": server.inbox},
            "publicKey": {"id": self.key_uri, "owner": self.uri, "publicKeyPem": keys.public},
        } | dict(changes)
        self.document: Document = {name: value for name, value in document.items() if value is not None}

    def note(self, content: str = "<p>Hello</p>", *, serve: bool = True, **more: Any) -> Document:
        """A public post of theirs, which can be fetched unless `serve` is False. `more`: other properties."""
        self._made += 1
        document: Document = {
            "@context": CONTEXT,
            "id": f"{self.uri}/notes/{self._made}",
            "type": "Note",
            "attributedTo": self.uri,
            "content": content,
            "published": "2026-03-01T11:59:00Z",
            "to": [PUBLIC],
            "cc": [f"{self.uri}/followers"],
        } | more
        if serve:
            self.server.serve(document["id"], document)
        return document

    def activity(self, kind: str, what: Any, **more: Any) -> Document:
        """An activity of theirs; one that carries a whole object is addressed as that is."""
        self._made += 1
        reach = {name: what[name] for name in ("to", "cc") if isinstance(what, dict) and name in what}
        identifier = f"{self.uri}/activities/{self._made}"
        return {"@context": CONTEXT, "id": identifier, "type": kind, "actor": self.uri, "object": what} | reach | more

    def signed(self, method: str, url: str, body: bytes | None, now: datetime, form: Form = "cavage") -> dict[str, str]:
        """The headers with which they make a request at this moment."""
        headers = {} if body is None else {"content-type": "application/activity+json"}
        message = Message(method=method, url=url, headers=headers, body=body)
        return headers | sign(message, self.key_uri, private_key(self.keys.private), now, form)


class PeeredHttp(Http):
    """The HTTP client, for which `internet` is all there is beside loopback."""

    internet: Internet

    async def _call(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], limits: Limits, trusted: bool
    ) -> Answer:
        if urlsplit(url).netloc not in self.internet.servers:
            return await super()._call(method, url, body, headers, limits, trusted)
        named = {name.lower(): value for name, value in headers.items()}
        answer = await self.internet.answer(Sent(method=method, url=url, headers=named, body=body or b""))
        return answer if limits.into is None or answer.status != 200 else saved(answer, limits.into, limits.size)


def saved(answer: Answer, path: Path, most: int) -> Answer:
    """The answer with its body in a file. Raises Unreachable when it is too long."""
    if len(answer.body) > most:
        raise Unreachable("the other server sends too much")
    path.write_bytes(answer.body)
    return msgspec.structs.replace(answer, body=b"")

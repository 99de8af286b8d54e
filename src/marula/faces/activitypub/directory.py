"""Accounts and posts of other servers that somebody asks for by name.

Spec: Mastodon documentation, methods/search (resolve); federation practice, discovery
"""

import re
from email.message import Message
from html import unescape
from urllib.parse import urljoin

from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import AccountId, PostId
from marula.base.net import Answer, Recent
from marula.base.observe import logs
from marula.base.text import normalise_domain, parse_handle
from marula.domain.context import Context
from marula.faces.activitypub import completing, fetching, ingest
from marula.faces.activitypub.calling import ACTIVITY_ACCEPT
from marula.faces.activitypub.fetching import FAILURES
from marula.faces.activitypub.fetching.documents import answered, document, is_activity
from marula.faces.activitypub.reading import Document, Unreadable, id_of, kind_of, load, same_origin
from marula.faces.activitypub.reading.actor import KINDS as ACTORS
from marula.faces.activitypub.reading.post import KINDS as POSTS
from marula.faces.activitypub.reading.values import uri

log = logs.logger("directory")

ACCEPT = f"{ACTIVITY_ACCEPT}, text/html;q=0.1"

HEAD = 64 * 1024
"""Bytes of a page in which its link to a document is looked for."""

LOOKED_AT = 300.0
"""Seconds in which what was looked at is not thought of again in this process."""

_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(rel|type|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HEADER_LINK = re.compile(r"<([^<>]{1,2000})>([^<>]{0,500})")


class RemoteDirectory:
    """The directory of a server that asks others. Spec: domain/context.Directory"""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._looked_at = Recent(seconds=LOOKED_AT, most=20_000, now=lambda: ctx.clock.now().timestamp())

    async def fetch(self, address: str) -> bool:
        """Learn of what is behind a handle or an address; False when nothing is."""
        try:
            parsed = parse_handle(address if address.startswith("@") else f"@{address}")
            if parsed is not None and parsed[1] is not None:
                return await self._handle(parsed[0], parsed[1])
            return uri(address) is not None and await self._address(address)
        except Unreachable:
            raise
        except FAILURES as error:
            log.info("nothing is there", address=address, reason=str(error))
            return False

    async def visit(self, account: AccountId) -> None:
        """Somebody looks at an account: have what is shown of it brought up to date."""
        if self._looked_at.told(f"account {account}") is None:
            self._looked_at.note(f"account {account}", "")
            await completing.visit(self._ctx, account)

    async def open_thread(self, post: PostId) -> bool:
        """Somebody reads a thread: have what is missing looked for. Says whether that goes on."""
        if self._looked_at.told(f"post {post}") is not None:
            return False
        going_on = await completing.open_thread(self._ctx, post)
        if not going_on:
            self._looked_at.note(f"post {post}", "")
        return going_on

    async def _handle(self, name: str, domain: str) -> bool:
        host = normalise_domain(domain)
        if host is None or host in (self._ctx.config.local_domain, self._ctx.config.web_domain):
            return False
        trouble = self._ctx.http.troubles.told(f"{name}@{host}")
        if trouble is not None:
            raise Unreachable(trouble)
        try:
            found = await fetching.finger(self._ctx, name, host)
        except Unreachable as error:
            self._ctx.http.troubles.note(f"{name}@{host}", error.why)
            raise
        account = await fetching.actor(self._ctx, found.actor, fresh=True)
        return account is not None and await self._counted(account)

    async def _address(self, address: str) -> bool:
        answer = await answered(self._ctx, address, signer=None, accept=ACCEPT)
        if is_activity(answer.headers.get("content-type", "")):
            return await self._take(_itself(load(answer.body), answer.url), address)
        link = alternate(answer)
        return link is not None and await self._take(await document(self._ctx, link), link)

    async def _take(self, found: Document | None, address: str) -> bool:
        """Keep what a document says, fetched again where it is not at its own address."""
        whole = found if found is not None else await document(self._ctx, address)
        if kind_of(whole, ACTORS) in ACTORS:
            return await self._counted(await fetching.learn(self._ctx, whole))
        if kind_of(whole, POSTS) in POSTS:
            await ingest.take(self._ctx, whole)
            return True
        raise Unreadable("the document is neither an actor nor a post")

    async def _counted(self, account: AccountId) -> bool:
        """Have what is shown of somebody asked for at once: whoever asked for them looks at them now."""
        await completing.visit(self._ctx, account)
        return True


def alternate(answer: Answer) -> str | None:
    """Where a page says that its document is: in its headers, or in its head."""
    for target, parameters in _HEADER_LINK.findall(answer.headers.get("link", "")):
        header = Message()
        header["content-type"] = f"x/x{parameters}"
        rel, kind = header.get_param("rel"), header.get_param("type")
        if isinstance(rel, str) and isinstance(kind, str) and "alternate" in rel.split() and is_activity(kind):
            return uri(urljoin(answer.url, target))
    if answer.media_type not in ("text/html", "application/xhtml+xml"):
        return None
    for link in _LINK.findall(answer.body[:HEAD].decode(errors="replace")):
        said = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(link)}
        if "alternate" in said.get("rel", "").lower().split() and is_activity(said.get("type", "")):
            return uri(urljoin(answer.url, said.get("href", "")))
    return None


def _itself(found: Document, here: str) -> Document | None:
    """The document, when it stands at its own address; None when it is to be fetched from there."""
    identifier = id_of(found)
    return found if identifier == here and same_origin(identifier, here) else None

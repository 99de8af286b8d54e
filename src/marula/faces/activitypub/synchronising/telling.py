"""What other servers are told: a digest with each post that only followers read, and the list for whoever asks.

Spec: FEP-8fcf; federation practice, followers synchronisation (limits)
"""

import time
from typing import Any

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain import actors, relationships
from marula.domain.actors import PUBLIC
from marula.domain.context import Context
from marula.faces.activitypub.reading.values import ids_of
from marula.faces.activitypub.synchronising.digest import HEADER, Announced, digest, origin, write

MOST_FOLLOWERS = 25_000
"""Of accounts with more, nothing is told: it would cost too much."""

KEPT = 30.0
"""Seconds that the digests of one account are remembered while its posts go out."""

MOST_KEPT = 100


class _Addressed(msgspec.Struct):
    type: Any = None
    to: Any = None
    cc: Any = None


class Telling:
    """The digests of those whose posts go out, by the server that they are for."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._kept: dict[AccountId, tuple[float, dict[str, str]]] = {}

    async def headers(self, sender: AccountId, inbox: str, body: bytes) -> dict[str, str]:
        """What goes with an activity to this inbox: nothing, unless it is a post for followers and not for all."""
        followers = actors.address(self._ctx.config, sender, "followers")
        if not _for_followers(body, followers):
            return {}
        digests = await self._digests(sender)
        if digests is None:
            return {}
        url = actors.address(self._ctx.config, sender, "followers_synchronization")
        said = Announced(followers, url, digests.get(origin(inbox), digest(())))
        return {HEADER: write(said)}

    async def _digests(self, sender: AccountId) -> dict[str, str] | None:
        now = time.monotonic()
        until, digests = self._kept.get(sender, (0.0, {}))
        if until > now:
            return digests
        async with self._ctx.db.reading() as db:
            uris = await relationships.followers_elsewhere(db, sender, MOST_FOLLOWERS + 1)
        if len(uris) > MOST_FOLLOWERS:
            return None
        apart: dict[str, list[str]] = {}
        for uri in uris:
            apart.setdefault(origin(uri), []).append(uri)
        digests = {server: digest(each) for server, each in apart.items()}
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[sender] = now + KEPT, digests
        return digests


async def followers_on(db: Connection, who: AccountId, server: str) -> list[str]:
    """The ids of somebody's followers whose ids begin so."""
    uris = await relationships.followers_elsewhere(db, who, MOST_FOLLOWERS)
    return [uri for uri in uris if uri.startswith(server)]


def _for_followers(body: bytes, followers: str) -> bool:
    if followers.encode() not in body or b"Create" not in body:
        return False
    try:
        said = msgspec.json.decode(body, type=_Addressed)
    except msgspec.DecodeError:
        return False
    reach = {*ids_of(said.to), *ids_of(said.cc)}
    return said.type == "Create" and followers in reach and PUBLIC not in reach

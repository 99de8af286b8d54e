"""The public keys of those who sign: from memory, from the table, or fetched.

Spec: federation practice, signatures (keys)
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeAlias

import msgspec

from marula.base.crypto.keys import PublicKey, public_key
from marula.base.events.memory import RememberedEach
from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, servers
from marula.domain.actors import ActorKey
from marula.domain.context import Context
from marula.faces.activitypub.inbox.refusing import Refusal

REST = timedelta(minutes=1)
"""How long a key that could not be had, or its server, is not asked for again."""

FRESH = timedelta(minutes=5)
"""How often the key of a signature that proved wrong is fetched again."""

MOST_RESTING = 10_000


class Held(msgspec.Struct, frozen=True):
    """A key, ready to prove with, and the actor it belongs to."""

    key: PublicKey
    account: AccountId
    actor: str


KEYS = RememberedEach[str, Held]("public_keys", seconds=600, most=10_000)

Fetch: TypeAlias = Callable[..., Awaitable[ActorKey | None]]
"""`fetch(ctx, key_uri, *, fresh)`: the key, learnt from its server, and with it its actor. Raises Unreachable."""


class Keys:
    """The keys of other servers' actors, as one process knows them."""

    def __init__(self, ctx: Context, fetch: Fetch) -> None:
        self._ctx = ctx
        self._fetch = fetch
        self._resting = Resting()
        self._fetched = Resting()

    async def known(self, uri: str) -> Held | None:
        """The key as it is kept here."""
        held = self._ctx.memory.recall(KEYS, uri)
        if held is not None:
            return held

        async def load() -> Held | None:
            async with self._ctx.db.reading() as db:
                found = await actors.key_by_uri(db, uri)
                owner = None if found is None else await accounts.by_id(db, found.account_id)
            key = None if found is None else public_key(found.public)
            if owner is None or owner.uri is None or key is None:
                return None
            return Held(key, owner.id, owner.uri)

        return await self._ctx.memory.learn(KEYS, uri, load)

    async def fetched(self, uri: str, *, again: bool) -> Held | None:
        """The key as its server gives it now. `again`: one that is kept already proved nothing.

        Raises: Refusal (503) when its server does not answer, or did not a moment ago.
        """
        now, host = self._ctx.clock.now(), servers.host_of(uri)
        if self._resting.has(host, now):
            raise Refusal(503, "The server of the key could not be reached a moment ago")
        if self._fetched.has(uri, now):
            return None
        try:
            found = await self._fetch(self._ctx, uri, fresh=again)
        except Unreachable as error:
            self._resting.add(host, now + REST)
            raise Refusal(503, "The server of the key cannot be reached") from error
        if again or found is None:
            self._fetched.add(uri, now + (FRESH if again else REST))
        if found is None:
            return None
        self._ctx.memory.forget_each(KEYS.name)
        return await self.known(uri)


class Resting:
    """Names that are left alone until a moment."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def add(self, name: str, until: datetime) -> None:
        """Leave this one alone until then. Of too many, the oldest is not left alone any more."""
        if len(self._until) >= MOST_RESTING:
            self._until.pop(next(iter(self._until)))
        self._until[name] = until

    def has(self, name: str, now: datetime) -> bool:
        """Whether this one is to be left alone."""
        until = self._until.get(name)
        if until is not None and until <= now:
            del self._until[name]
            return False
        return until is not None

"""The writes of actors."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from marula.base.crypto.keys import KeyPair, new_key_pair, new_proof_key
from marula.base.db import Tx
from marula.base.kernel.config import Config
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import accounts
from marula.domain.accounts import Account, NewAccount
from marula.domain.actors import store
from marula.domain.actors.addresses import key_uri
from marula.domain.actors.types import Known, OwnKey


async def learn(tx: Tx, known: Known, *, silenced_at: datetime | None = None) -> AccountId:
    """Write what a remote actor says of itself: a new account, or the next state of one that is known.

    The same id is the same account, whatever its handle is now. A handle that another id held before passes to this
    one: whoever calls has verified it. Two at once wait for each other.
    Takes: `silenced_at`, since when people of its server are limited; it counts for a new account.
    Records: AccountCreated, ProfileRevised.
    """
    await store.hold(tx, known.uri)
    account = await store.by_uri(tx, known.uri)
    new = account is None
    if account is None:
        account = await _welcome(tx, known)
    else:
        await _make_room(tx, known, account)
    found = await accounts.locked(tx, account)
    assert found is not None
    named = {"username": known.username, "domain": known.domain, "uri": known.uri, "actor_type": known.actor_type}
    await accounts.revise_profile(tx, found, msgspec.structs.replace(known.profile, **named))
    await store.put_addresses(tx, account, known.addresses)
    await store.put_keys(tx, account, known.keys)
    await _suspend(tx, account, found, suspended=known.suspended)
    if new and silenced_at is not None:
        await accounts.silence(tx, account, silenced_at)
    return account


async def keep_own_key(tx: Tx, config: Config, account: AccountId, pair: KeyPair) -> OwnKey:
    """Keep a key pair for a local actor, and give the one it has: of two made at once the first stays.

    Raises: NotFound when the actor is gone, and left no key.
    """
    made = OwnKey(uri=key_uri(config, account), public=pair.public, private=pair.private, proof=new_proof_key())
    await store.put_own_key(tx, account, made)
    found = await store.own_key(tx, account)
    if found is None:
        raise NotFound
    return found


async def signing_key(tx: Tx, config: Config, account: AccountId) -> OwnKey:
    """The key pair of a local actor, made when there is none, with a key for proofs unless the actor is gone."""
    found = await store.own_key(tx, account)
    if found is None:
        return await keep_own_key(tx, config, account, await new_key_pair())
    if found.proof is None:
        await store.put_proof_key(tx, account, new_proof_key())
        return await store.own_key(tx, account) or found
    return found


async def depart(tx: Tx, account: AccountId, inboxes: Sequence[str]) -> None:
    """Keep the name and key of a local actor that will be deleted, and where it is to be told of. No fact: that it is
    gone is told by AccountDeleted.
    """
    await store.depart(tx, account, inboxes)


async def add_key(tx: Tx, account: AccountId, uri: str, public: str) -> None:
    """Keep one more public key of a remote actor, which its document only names."""
    await store.put_key(tx, account, uri, public)


async def _suspend(tx: Tx, account: AccountId, found: Account, *, suspended: bool) -> None:
    """Hide whom their own server has suspended, and show them again when it says so; not whom this one suspended."""
    since = await store.suspended_elsewhere(tx, account)
    if suspended and found.suspended_at is None:
        await store.put_suspended(tx, account, tx.now)
        await accounts.suspend(tx, account, tx.now)
    elif not suspended and since is not None:
        await store.put_suspended(tx, account, None)
        if found.suspended_at == since:
            await accounts.suspend(tx, account, None)


async def _welcome(tx: Tx, known: Known) -> AccountId:
    held = await accounts.by_handle(tx, known.username, known.domain)
    if held is not None:
        return held.id
    return await accounts.create(
        tx,
        NewAccount(
            username=known.username,
            domain=known.domain,
            uri=known.uri,
            actor_type=known.actor_type,
            created_at=known.created_at,
        ),
    )


async def _make_room(tx: Tx, known: Known, account: AccountId) -> None:
    """Give a handle free that another id held, under a name that nobody can have."""
    held = await accounts.by_handle(tx, known.username, known.domain)
    if held is not None and held.id != account:
        await accounts.set_aside(tx, held)

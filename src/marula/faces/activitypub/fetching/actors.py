"""Actors of other servers, and their keys: fetched, checked, and kept.

Spec: ActivityPub 4.1; federation practice, remote accounts; FEP-521a (keys)
"""

from datetime import timedelta
from random import SystemRandom

import msgspec

from marula.base.jobs import job, later, later_at, later_once
from marula.base.kernel.errors import Gone, NotFound, Refused
from marula.base.kernel.ids import AccountId
from marula.base.observe import logs
from marula.domain import accounts, actors, boundaries, departures, emoji
from marula.domain.accounts import ProfileDraft
from marula.domain.actors import ActorKey, Known
from marula.domain.context import Context
from marula.faces.activitypub.fetching.counts import count
from marula.faces.activitypub.fetching.documents import at, document
from marula.faces.activitypub.fetching.finger import verified
from marula.faces.activitypub.reading import (
    Document,
    Person,
    Unreadable,
    id_of,
    named_keys,
    read_actor,
    read_key,
    same_origin,
)

log = logs.logger("fetching")

STALE = timedelta(days=7)
"""How old what is known of an actor may be before it is fetched anew, some time later."""

SPREAD = timedelta(hours=6)
"""Within which that is done: not everybody at once."""

COUNTED_WITHIN = timedelta(minutes=10)
"""Within which somebody new is asked for their counts: not everybody of a thread at once."""

_chance = SystemRandom()


async def actor(ctx: Context, uri: str, *, fresh: bool = False) -> AccountId | None:
    """The account with this actor id, of this server or another one; None when there is none to be had.

    What is known is given at once, and fetched anew later when it is old; with `fresh`, now.
    Raises: Unreachable when the other server may answer later.
    """
    local = actors.account_of(ctx.config, uri)
    async with ctx.db.reading() as db:
        known = (await actors.by_uris(ctx, db, [uri])).get(uri)
        if local is not None:
            return None if await accounts.by_id(db, local) is None else local
        fetched_at = None if known is None else await actors.fetched_at(db, known)
    if known is not None and not fresh:
        if fetched_at is not None and fetched_at + STALE < ctx.clock.now():
            await _refresh_later(ctx, known, uri)
        return known
    try:
        return await learn(ctx, await document(ctx, uri))
    except Gone:
        if known is not None:
            async with ctx.db.transaction() as tx:
                await later(tx, departures.remove, known)
    except (NotFound, Refused, Unreadable) as error:
        log.info("an actor cannot be had", uri=uri, reason=str(error))
    return None


async def learn(ctx: Context, found: Document) -> AccountId:
    """Keep what an actor's document says, which was fetched from where it belongs.

    Its handle is verified when it is new, or not the one that is known. Raises: Unreadable, Unreachable, and what else
    may come instead of a document.
    """
    person = read_actor(found)
    name, domain = await _handle(ctx, person)
    known = Known(
        uri=person.uri,
        username=name,
        domain=domain,
        actor_type=person.kind,
        created_at=person.created_at,
        profile=person.profile,
        addresses=person.addresses,
        keys=person.keys,
        suspended=person.suspended,
    )
    stance = await boundaries.stance(ctx, domain)
    if stance.reject_media:
        bare = msgspec.structs.replace(known.profile, avatar_remote_url=None, header_remote_url=None)
        known = msgspec.structs.replace(known, profile=bare)
    async with ctx.db.transaction() as tx:
        new = not await actors.by_uris(ctx, tx, [person.uri])
        await emoji.learn(tx, domain, () if stance.reject_media else person.emojis)
        account = await actors.learn(tx, known, silenced_at=stance.since if stance.severity == "silence" else None)
        if new:
            pause = timedelta(seconds=_chance.randrange(30, int(COUNTED_WITHIN.total_seconds())))
            await later_once(tx, tx.now + pause, f"count {account}", count, account)
    if person.moved_to is not None:
        await _follow_move(ctx, account, person)
    return account


async def key(ctx: Context, key_uri: str, *, fresh: bool = False) -> ActorKey | None:
    """The public key with this id, and whose it is; None when nobody has it.

    A key counts when its owner's own document, at the owner's own address, says that it is theirs. With `fresh`, both
    are fetched again. Raises: Unreachable.
    """
    if not fresh:
        async with ctx.db.reading() as db:
            found = await actors.key_by_uri(db, key_uri)
        if found is not None:
            return found
    try:
        return await _fetched_key(ctx, key_uri)
    except (NotFound, Gone, Refused, Unreadable) as error:
        log.info("a key cannot be had", key=key_uri, reason=str(error))
        return None


async def _fetched_key(ctx: Context, key_uri: str) -> ActorKey | None:
    asked = key_uri.partition("#")[0]
    found, here = await at(ctx, asked)
    if not same_origin(asked, here):
        raise Unreadable("the key is of another server than its id")
    owner = _owner(found, key_uri)
    if owner is None or not same_origin(owner, key_uri):
        raise Unreadable("the key is of nobody here")
    whole = found if owner == found.get("id") and "inbox" in found else await document(ctx, owner)
    account = await learn(ctx, whole)
    alone = read_key(found, key_uri, owner) if key_uri in named_keys(whole) else None
    async with ctx.db.transaction() as tx:
        if alone is not None:
            await actors.add_key(tx, account, key_uri, alone)
        return await actors.key_by_uri(tx, key_uri)


def _owner(found: Document, key_uri: str) -> str | None:
    """Whose a key is, by the document at its address: a whole actor, a part of one, or the key alone."""
    if "inbox" in found:
        return id_of(found)
    named = id_of(found.get("owner")) or id_of(found.get("controller"))
    if named is not None:
        return named
    inner = found.get("publicKey")
    if isinstance(inner, dict) and inner.get("id") == key_uri:
        return id_of(inner.get("owner"))
    return None


async def _handle(ctx: Context, person: Person) -> tuple[str, str]:
    async with ctx.db.reading() as db:
        known = (await actors.by_uris(ctx, db, [person.uri])).get(person.uri)
        account = None if known is None else await accounts.by_id(db, known)
    if account is not None and (account.username.lower(), account.domain) == (
        person.handle[0].lower(),
        person.handle[1],
    ):
        return account.username, person.handle[1]
    found = await verified(ctx, person.handle, person.uri)
    return found.name, found.domain


async def _follow_move(ctx: Context, account: AccountId, person: Person) -> None:
    """Show where somebody says they went, when the account there says that it was them. Nobody follows it by that."""
    assert person.moved_to is not None
    async with ctx.db.reading() as db:
        known = (await actors.by_uris(ctx, db, [person.moved_to])).get(person.moved_to)
    if known is None:
        try:
            known = await learn(ctx, _without_move(await document(ctx, person.moved_to)))
        except (NotFound, Gone, Refused, Unreadable) as error:
            log.info("where somebody moved cannot be had", uri=person.moved_to, reason=str(error))
            return
    async with ctx.db.transaction() as tx:
        target, mover = await accounts.by_id(tx, known), await accounts.locked(tx, account)
        if target is not None and mover is not None and person.uri in target.also_known_as:
            await accounts.revise_profile(tx, mover, ProfileDraft(moved_to_id=target.id))


def _without_move(found: Document) -> Document:
    """An actor as if it had not moved itself: one step is followed, not a chain."""
    return {name: value for name, value in found.items() if name != "movedTo"}


@job(lane="fetching", attempts=4)
async def refresh(ctx: Context, uri: str) -> None:
    """Fetch anew what is known of an actor."""
    account = await actor(ctx, uri, fresh=True)
    if account is not None:
        await count(ctx, account)


async def _refresh_later(ctx: Context, known: AccountId, uri: str) -> None:
    """Have an actor fetched anew some time soon, unless somebody else has seen to that."""
    pause = timedelta(seconds=_chance.randrange(int(SPREAD.total_seconds())))
    async with ctx.db.transaction("relaxed") as tx:
        if await actors.put_off(tx, known, older_than=STALE, by=SPREAD):
            await later_at(tx, ctx.clock.now() + pause, refresh, uri)

"""What an address or a handle stands for, here or elsewhere."""

import msgspec

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, CollectionId, PostId
from marula.domain import accounts, actors
from marula.domain.context import Context
from marula.domain.discovery.store import addresses


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An account, a post, or a collection, or none of these."""

    account_id: AccountId | None = None
    post_id: PostId | None = None
    collection_id: CollectionId | None = None

    @property
    def anything(self) -> bool:
        """Whether there is something."""
        return self != NOTHING


NOTHING = Found()


def is_address(typed: str) -> bool:
    """Whether this is the address of something rather than words to look for."""
    return typed.startswith(("https://", "http://")) and not any(letter.isspace() for letter in typed)


async def resolve_known(ctx: Context, db: Connection, address: str) -> Found:
    """What this server knows under an address: one of its own pages, or what came from another server.

    Costs: at most four statements.
    """
    home = f"{ctx.config.web_url}/"
    if address.startswith(home):
        found = await _of_ours(db, address.removeprefix(home).partition("?")[0].rstrip("/"))
        if found is not None:
            return found
    post = actors.post_of(ctx.config, address) or await addresses.post(db, address)
    if post is not None:
        return Found(post_id=post)
    known = (await actors.by_uris(ctx, db, [address])).get(address)
    return Found(account_id=known or await addresses.account(db, address))


async def _of_ours(db: Connection, path: str) -> Found | None:
    """What a page of this server for people shows: /@name, /users/name, /@name/ID, /collections/ID."""
    match path.split("/"):
        case [handle] if handle.startswith("@"):
            return await _named(db, handle[1:])
        case ["users", name]:
            return await _named(db, name)
        case ["collections", number]:
            return Found(collection_id=ids.parse(CollectionId, number))
        case [handle, number] if handle.startswith("@"):
            return Found(post_id=ids.parse(PostId, number))
        case _:
            return None


async def _named(db: Connection, name: str) -> Found:
    account = await accounts.by_handle(db, name, None)
    return NOTHING if account is None else Found(account_id=account.id)

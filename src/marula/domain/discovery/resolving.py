"""What an address or a handle stands for, here or elsewhere."""

import msgspec

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import accounts, actors
from marula.domain.context import Context
from marula.domain.discovery.store import addresses


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An account, or a post, or neither."""

    account_id: AccountId | None = None
    post_id: PostId | None = None


def is_address(typed: str) -> bool:
    """Whether this is the address of something rather than words to look for."""
    return typed.startswith(("https://", "http://")) and not any(letter.isspace() for letter in typed)


async def resolve_known(ctx: Context, db: Connection, address: str) -> Found:
    """What this server knows under an address: one of its own pages, or what came from another server.

    Costs: at most three statements.
    """
    own = _of_ours(ctx, address)
    if own is not None:
        name, post = own
        if post is not None:
            return Found(post_id=post)
        account = await accounts.by_handle(db, name, None)
        return Found(account_id=None if account is None else account.id)
    post = actors.post_of(ctx.config, address) or await addresses.post(db, address)
    if post is not None:
        return Found(post_id=post)
    return Found(account_id=(await actors.by_uris(ctx, db, [address])).get(address))


def _of_ours(ctx: Context, address: str) -> tuple[str, PostId | None] | None:
    """The name and, for a post, the id in an address of this server for people: /@name, /@name/ID, /users/name."""
    home = f"{ctx.config.web_url}/"
    if not address.startswith(home):
        return None
    match address.removeprefix(home).partition("?")[0].rstrip("/").split("/"):
        case [handle] if handle.startswith("@"):
            return handle[1:], None
        case [handle, number] if handle.startswith("@"):
            return handle[1:], ids.parse(PostId, number)
        case ["users", name]:
            return name, None
        case _:
            return None

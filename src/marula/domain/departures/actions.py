"""The writes of departures."""

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId
from marula.domain import interactions, media, posts, relationships, users
from marula.domain.users import User

BATCH = 100
"""Posts, favourites, polls and follows that one transaction takes back."""


async def take_back(tx: Tx, who: AccountId, *, batch: int = BATCH) -> bool:
    """Take back a batch of what somebody wrote, boosted, favourited, voted and followed. Says whether more is left.

    Records: PostDeleted for each post and boost.
    """
    more = [
        await interactions.withdraw(tx, who, batch=batch),
        await posts.withdraw(tx, who, batch=batch),
        await relationships.withdraw(tx, who, batch=batch),
        await media.withdraw(tx, who, batch) == batch,
    ]
    return any(more)


async def reject(tx: Tx, user: User) -> None:
    """Turn a sign-up away, with the follows it may have. Records and raises: as `users.reject`."""
    while await take_back(tx, user.account_id):
        pass
    await users.reject(tx, user)

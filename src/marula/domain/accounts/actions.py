"""The writes of accounts."""

from msgspec import UNSET, UnsetType

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId, BlobId
from marula.domain import storage
from marula.domain.accounts import rules, store
from marula.domain.accounts.events import AccountCreated, AccountDeleted, ProfileRevised
from marula.domain.accounts.types import Account, NewAccount, ProfileDraft

PICTURES = ("avatar_id", "avatar_still_id", "header_id", "header_still_id")
"""The properties of a profile that are blobs."""


async def create(tx: Tx, new: NewAccount) -> AccountId:
    """Write an account, ours or of another server. Records: AccountCreated. Raises: Invalid when the name is taken."""
    made = await store.insert(tx, new)
    if made is None:
        raise Invalid.field("username", "has already been taken", "ERR_TAKEN")
    await record(tx, AccountCreated(account_id=made, local=new.domain is None))
    return made


async def ensure_instance(tx: Tx) -> None:
    """Write the account of the server itself, unless it is there. No fact: nobody came.

    Spec: FEP-d556
    """
    await store.put_instance(tx)


async def revise_profile(tx: Tx, who: Account, draft: ProfileDraft) -> None:
    """Change what a profile says. Records: ProfileRevised, unless everything stays as it was.

    Raises: Conflict when a new picture was brought so long ago that it is forgotten.
    """
    draft = rules.without_old_copies(who, draft)
    brought: list[BlobId | UnsetType | None] = [getattr(draft, name) for name in PICTURES]
    await storage.keep(tx, [blob for blob in brought if blob is not None and blob is not UNSET])
    if await store.revise(tx, who.id, draft):
        await record(tx, ProfileRevised(account_id=who.id, local=who.local))


async def set_aside(tx: Tx, who: Account) -> None:
    """Give the handle of a remote account free, because another one holds it now. Records: ProfileRevised.

    The new name is one that nobody can have; the account gets its handle back when its own server says which.
    """
    await revise_profile(tx, who, ProfileDraft(username=f"~{who.id}"))


async def delete(tx: Tx, who: Account) -> None:
    """Remove an account for good, with its posts, relationships and sign-in. Records: AccountDeleted.

    What it gave others, which is counted on their side, is taken back before, by `departures`.
    """
    await store.delete(tx, who.id)
    await record(tx, AccountDeleted(account_id=who.id, username=who.username, domain=who.domain))

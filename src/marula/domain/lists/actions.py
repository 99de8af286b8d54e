"""The writes of lists."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, ListId
from marula.domain import accounts
from marula.domain.lists import rules, store
from marula.domain.lists.events import ListCreated, ListDeleted, ListMembersAdded, ListMembersRemoved, ListRevised
from marula.domain.lists.types import List, ListChanges, RepliesPolicy


async def create(
    tx: Tx, who: AccountId, title: str, *, replies_policy: RepliesPolicy = "list", exclusive: bool = False
) -> List:
    """Make a list.

    Records: ListCreated. Raises: Invalid.
    Spec: Mastodon documentation, methods/lists (create)
    """
    title = rules.check_title(title)
    await accounts.locked(tx, who)
    rules.check_count(await store.count(tx, who))
    made = await store.insert(tx, who, title, replies_policy, exclusive)
    await record(tx, ListCreated(list_id=made.id, account_id=who))
    return made


async def revise(tx: Tx, who: AccountId, which: ListId, changes: ListChanges) -> List:
    """Change a list of one's own. Records: ListRevised when something is different. Raises: Invalid, NotFound."""
    if changes.title is not UNSET:
        changes = msgspec.structs.replace(changes, title=rules.check_title(changes.title))
    before = await _own(tx, who, which)
    after = await store.revise(tx, which, changes)
    if after != before:
        await record(
            tx,
            ListRevised(
                list_id=which,
                account_id=who,
                replies_policy_changed=after.replies_policy != before.replies_policy,
                exclusive_changed=after.exclusive != before.exclusive,
            ),
        )
    return after


async def delete(tx: Tx, who: AccountId, which: ListId) -> None:
    """Remove a list of one's own. Records: ListDeleted. Raises: NotFound."""
    before = await _own(tx, who, which)
    members = await store.all_members(tx, which) if before.exclusive else []
    await store.delete(tx, which)
    await record(tx, ListDeleted(list_id=which, account_id=who, members=tuple(members)))


async def add(tx: Tx, who: AccountId, which: ListId, members: Sequence[AccountId]) -> None:
    """Put accounts on a list of one's own: oneself, whom one follows, whom one asked to follow.

    Records: ListMembersAdded. Raises: NotFound, also when one of the accounts does not exist; Invalid.
    Costs: 7 statements, whatever the number of accounts.
    """
    target = await _own(tx, who, which)
    asked = list(dict.fromkeys(members))
    if not asked:
        return
    rules.check_members(
        asked,
        known=[account.id for account in await accounts.many(tx, asked)],
        allowed=await store.allowed(tx, who, asked),
        present=await store.present(tx, which, asked),
    )
    await store.add(tx, which, asked)
    await record(tx, ListMembersAdded(list_id=which, account_id=who, exclusive=target.exclusive, members=tuple(asked)))


async def remove(tx: Tx, who: AccountId, which: ListId, members: Sequence[AccountId]) -> None:
    """Take accounts off a list of one's own. Records: ListMembersRemoved for those on it. Raises: NotFound."""
    target = await _own(tx, who, which)
    await _removed(tx, target, await store.remove(tx, which, members))


async def remove_unfollowed(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Take somebody whom one no longer follows, or asks to follow, off one's lists. Records: ListMembersRemoved."""
    for target in await store.remove_unfollowed(tx, who, whom):
        await _removed(tx, target, [whom])


async def _own(tx: Tx, who: AccountId, which: ListId) -> List:
    held = await store.locked(tx, who, which)
    if held is None:
        raise NotFound
    return held


async def _removed(tx: Tx, target: List, members: Sequence[AccountId]) -> None:
    if members:
        await record(
            tx,
            ListMembersRemoved(
                list_id=target.id,
                account_id=target.account_id,
                exclusive=target.exclusive,
                members=tuple(members),
            ),
        )

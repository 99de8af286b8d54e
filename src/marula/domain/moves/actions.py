"""The writes of moves."""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import accounts
from marula.domain.accounts import ProfileDraft
from marula.domain.moves import rules, store
from marula.domain.moves.events import AccountMoved


async def add_alias(tx: Tx, who: AccountId, uri: str) -> None:
    """Let an account of this server be known by the id of another one too, which may then move to it.

    Records: ProfileRevised, the first time. Raises: NotFound, Invalid when there are too many.
    """
    account = await accounts.locked(tx, who)
    if account is None:
        raise NotFound
    known = account.also_known_as
    if uri in known:
        return
    if len(known) >= rules.MOST_ALIASES:
        raise Invalid.because(f"An account has at most {rules.MOST_ALIASES} aliases")
    await accounts.revise_profile(tx, account, ProfileDraft(also_known_as=(*known, uri)))


async def remove_alias(tx: Tx, who: AccountId, uri: str) -> None:
    """Be known by it no longer. Records: ProfileRevised. Raises: NotFound when it was no alias."""
    account = await accounts.locked(tx, who)
    if account is None or uri not in account.also_known_as:
        raise NotFound
    kept = tuple(one for one in account.also_known_as if one != uri)
    await accounts.revise_profile(tx, account, ProfileDraft(also_known_as=kept))


async def move(tx: Tx, who: AccountId, target: AccountId, uri: str) -> None:
    """Go on as another account. Those who follow are asked to follow there, by jobs.

    Takes: `uri`, the id of the account that moves; what is remote was fetched anew. To the same account again: those
    who do not follow it yet are asked again, without waiting.
    Records: ProfileRevised, AccountMoved. Raises: NotFound, Invalid.
    """
    mover = await accounts.locked(tx, who)
    found = await accounts.by_id(tx, target)
    if mover is None or found is None:
        raise NotFound
    rules.check_move(mover, found, uri, await store.latest(tx, who), tx.now)
    stats = (await accounts.stats(tx, [who]))[who]
    made = await store.put(tx, who, target, stats.followers_count)
    await accounts.revise_profile(tx, mover, ProfileDraft(moved_to_id=target))
    await record(tx, AccountMoved(move_id=made, account_id=who, target_id=target, local=mover.local))

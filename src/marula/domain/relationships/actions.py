"""The writes of relationships. Doing a thing twice is doing it once."""

from datetime import timedelta

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, FollowId
from marula.domain import accounts
from marula.domain.relationships import rules
from marula.domain.relationships.events import (
    AccountBlocked,
    AccountEndorsed,
    AccountFollowed,
    AccountMuted,
    AccountUnblocked,
    AccountUnendorsed,
    AccountUnfollowed,
    AccountUnmuted,
    DomainHidden,
    DomainUnhidden,
    FollowRequested,
    FollowRequestEnded,
)
from marula.domain.relationships.store import apart, domains, follows, regard
from marula.domain.relationships.types import AS_IT_IS, FollowOptions


async def follow(tx: Tx, who: AccountId, whom: AccountId, options: FollowOptions = AS_IT_IS) -> None:
    """Follow somebody, or ask them when they want to be asked. Of a follow or request that exists, change the options.

    Records: AccountFollowed or FollowRequested, the first time.
    Raises: Forbidden, NotFound, Invalid when a language is none or somebody follows too many.
    Costs: 4 statements to change options, 7 to ask, 8 to follow.
    Spec: Mastodon documentation, methods/accounts (follow)
    """
    rules.check_options(options)
    await follows.hold(tx, who, whom)
    known = {account.id: account for account in await accounts.many(tx, [who, whom])}
    if who not in known or whom not in known:
        raise NotFound
    between = await follows.between(tx, who, whom)
    rules.check_follow(known[who], known[whom], between)
    if between.follows:
        await follows.revise(tx, "follows", who, whom, options)
    elif between.requested:
        await follows.revise(tx, "follow_requests", who, whom, options)
    else:
        stats = await accounts.stats(tx, [who])
        rules.check_count(known[who], stats[who])
        if rules.must_ask(known[who], known[whom]):
            await _ask(tx, who, whom, options)
        else:
            await begin(tx, who, whom, options)


async def unfollow(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Follow somebody no longer, or take back the wish to. Records: AccountUnfollowed, FollowRequestEnded."""
    await follows.hold(tx, who, whom)
    await end(tx, who, whom, by=who)
    await end_request(tx, who, whom, by=who)


async def remove_from_followers(tx: Tx, who: AccountId, follower: AccountId) -> None:
    """Be followed by somebody no longer. Records: AccountUnfollowed."""
    await follows.hold(tx, who, follower)
    await end(tx, follower, who, by=who)


async def authorize_request(tx: Tx, who: AccountId, requester: AccountId) -> None:
    """Let somebody follow who asked.

    Records: FollowRequestEnded, AccountFollowed. Raises: NotFound without a request.
    """
    await follows.hold(tx, who, requester)
    request = await follows.delete_request(tx, requester, who)
    if request is None:
        raise NotFound
    fact = FollowRequestEnded(request_id=request.id, account_id=requester, target_id=who, granted=True, ended_by=who)
    await record(tx, fact)
    options = FollowOptions(reblogs=request.show_reblogs, notify=request.notify, languages=request.languages)
    await begin(tx, requester, who, options, request.id)


async def reject_request(tx: Tx, who: AccountId, requester: AccountId) -> None:
    """Refuse somebody who asked to follow. Records: FollowRequestEnded. Raises: NotFound without a request."""
    await follows.hold(tx, who, requester)
    if not await end_request(tx, requester, who, by=who):
        raise NotFound


async def reconsider_request(tx: Tx, who: AccountId, follower: AccountId) -> bool:
    """Take back that somebody was let follow: they wait for an answer again. Says whether they followed.

    Records: AccountUnfollowed.
    """
    await follows.hold(tx, who, follower)
    options = await follows.options(tx, follower, who)
    ended = await follows.delete_follow(tx, follower, who)
    if options is None or ended is None:
        return False
    await accounts.count_follow(tx, follower, who, -1)
    await record(tx, AccountUnfollowed(follow_id=ended, account_id=follower, target_id=who, ended_by=who))
    await follows.insert_request(tx, follower, who, options, ended)
    return True


async def withdraw(tx: Tx, who: AccountId, *, batch: int) -> bool:
    """End a batch of the follows of somebody who goes, in both directions. Says whether more is left.

    No facts: what follows from the end of an account follows from AccountDeleted.
    """
    followers, followed = await follows.withdraw(tx, who, batch)
    await accounts.uncount_follows(tx, followers, followed)
    return batch in (len(followers), len(followed))


async def block(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Have nothing to do with somebody: follows and requests end in both directions. Nobody can block themselves.

    Records: AccountBlocked, the first time; AccountUnfollowed and FollowRequestEnded for what ended.
    """
    if who == whom:
        return
    await follows.hold(tx, who, whom)
    for follower, followed in ((who, whom), (whom, who)):
        await end(tx, follower, followed, by=who)
        await end_request(tx, follower, followed, by=who)
    made = await apart.block(tx, who, whom)
    if made is not None:
        await record(tx, AccountBlocked(block_id=made, account_id=who, target_id=whom))


async def unblock(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Lift a block. What it ended stays ended. Records: AccountUnblocked when there was one."""
    lifted = await apart.unblock(tx, who, whom)
    if lifted is not None:
        await record(tx, AccountUnblocked(block_id=lifted, account_id=who, target_id=whom))


async def mute(
    tx: Tx, who: AccountId, whom: AccountId, *, notifications: bool = True, duration: timedelta | None = None
) -> None:
    """Read nothing of somebody, for a time or until it is lifted; a mute that exists is changed.

    Takes: `notifications`, whether what they do is kept out of the notifications too. Nobody can mute themselves.
    Records: AccountMuted, the first time.
    """
    if who == whom:
        return
    await follows.hold(tx, who, whom)
    expires_at = None if duration is None else tx.now + duration
    if await apart.mute(tx, who, whom, notifications, expires_at):
        await record(tx, AccountMuted(account_id=who, target_id=whom))


async def unmute(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Lift a mute. Records: AccountUnmuted when there was one."""
    if await apart.unmute(tx, who, whom):
        await record(tx, AccountUnmuted(account_id=who, target_id=whom))


async def hide_domain(tx: Tx, who: AccountId, domain: str) -> None:
    """Want nothing of a server. Follows and requests in both directions end, by a job.

    Records: DomainHidden, the first time. Raises: Invalid.
    Spec: Mastodon documentation, methods/domain_blocks
    """
    domain = rules.check_domain(domain)
    if await domains.hide(tx, who, domain):
        await record(tx, DomainHidden(account_id=who, domain=domain))


async def unhide_domain(tx: Tx, who: AccountId, domain: str) -> None:
    """Hide a server no longer. Records: DomainUnhidden when it was hidden. Raises: Invalid."""
    domain = rules.check_domain(domain)
    if await domains.unhide(tx, who, domain):
        await record(tx, DomainUnhidden(account_id=who, domain=domain))


async def endorse(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Show somebody one follows on one's profile. Records: AccountEndorsed, the first time. Raises: Invalid.

    Spec: Mastodon documentation, methods/accounts (endorse)
    """
    rules.check_endorsement(await follows.between(tx, who, whom))
    if await regard.endorse(tx, who, whom):
        await record(tx, AccountEndorsed(account_id=who, target_id=whom))


async def unendorse(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Show them there no longer. Records: AccountUnendorsed when they were."""
    if await regard.unendorse(tx, who, whom):
        await record(tx, AccountUnendorsed(account_id=who, target_id=whom))


async def write_note(tx: Tx, who: AccountId, whom: AccountId, comment: str) -> None:
    """Note something about somebody that only oneself can read; an empty note is removed. Raises: Invalid."""
    rules.check_note(comment)
    await regard.put_note(tx, who, whom, comment)


async def _ask(tx: Tx, who: AccountId, whom: AccountId, options: FollowOptions) -> None:
    made = await follows.insert_request(tx, who, whom, options)
    if made is not None:
        await record(tx, FollowRequested(request_id=made, account_id=who, target_id=whom))


async def begin(
    tx: Tx,
    who: AccountId,
    whom: AccountId,
    options: FollowOptions,
    granted: FollowId | None = None,
    *,
    again: bool = False,
) -> None:
    """Let a follow begin, whoever was asked. `again`: it was there before. Records: AccountFollowed, when it is new."""
    made = await follows.insert_follow(tx, who, whom, options, granted)
    if made is not None:
        await accounts.count_follow(tx, who, whom, 1)
        await record(tx, AccountFollowed(follow_id=made, account_id=who, target_id=whom, again=again))


async def end(tx: Tx, who: AccountId, whom: AccountId, *, by: AccountId) -> bool:
    """Let a follow end; says whether there was one. Records: AccountUnfollowed."""
    ended = await follows.delete_follow(tx, who, whom)
    if ended is not None:
        await accounts.count_follow(tx, who, whom, -1)
        await record(tx, AccountUnfollowed(follow_id=ended, account_id=who, target_id=whom, ended_by=by))
    return ended is not None


async def end_request(tx: Tx, who: AccountId, whom: AccountId, *, by: AccountId) -> bool:
    """Let a request end ungranted; says whether there was one. Records: FollowRequestEnded."""
    request = await follows.delete_request(tx, who, whom)
    if request is not None:
        fact = FollowRequestEnded(request_id=request.id, account_id=who, target_id=whom, granted=False, ended_by=by)
        await record(tx, fact)
    return request is not None

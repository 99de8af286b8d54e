"""Follows that end all at once, because a server is hidden or blocked, and how they come back."""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import accounts
from marula.domain.relationships import rules
from marula.domain.relationships.actions import begin, end, end_request, follow
from marula.domain.relationships.events import RelationshipsSevered
from marula.domain.relationships.store import domains, follows, severances, severed
from marula.domain.relationships.types import Losses, SeveredFollow


async def sever(tx: Tx, who: AccountId, domain: str, batch: int) -> bool:
    """End the follows and requests between somebody and a batch of a server they hide. Says whether any may be left.

    Records: AccountUnfollowed and FollowRequestEnded for each; RelationshipsSevered after the last, when there were
    follows.
    """
    others = await domains.tied(tx, who, domain, batch)
    followers = following = 0
    for other in others:
        await follows.hold(tx, who, other)
        following += await end(tx, who, other, by=who)
        followers += await end(tx, other, who, by=who)
        for follower, followed in ((who, other), (other, who)):
            await end_request(tx, follower, followed, by=who)
    if followers or following:
        await severances.add(tx, who, "user_domain_block", domain, Losses(followers=followers, following=following))
    if len(others) == batch:
        return True
    severance = await severances.end(tx, who, "user_domain_block", domain)
    if severance is not None:
        await record(tx, RelationshipsSevered(severance_id=severance, account_id=who))
    return False


async def sever_server(tx: Tx, domain: str, batch: int) -> bool:
    """End a batch of the follows and requests between people of this server and another one that is blocked.

    They are kept, to be given back. Says whether any may be left. Records: AccountUnfollowed and FollowRequestEnded
    for each; RelationshipsSevered for everybody who lost follows, after the last.
    """
    ties = await domains.ties(tx, domain, batch)
    for who, other in ties:
        await follows.hold(tx, who, other)
        await severed.keep(tx, domain, who, other)
        following, followed = await end(tx, who, other, by=who), await end(tx, other, who, by=who)
        for follower, target in ((who, other), (other, who)):
            await end_request(tx, follower, target, by=who)
        if following or followed:
            lost = Losses(followers=int(followed), following=int(following))
            await severances.add(tx, who, "domain_block", domain, lost)
    if len(ties) == batch:
        return True
    for who, severance in await severances.end_all(tx, "domain_block", domain):
        await record(tx, RelationshipsSevered(severance_id=severance, account_id=who))
    return False


async def restore_server(tx: Tx, domain: str, batch: int) -> bool:
    """Give back a batch of the follows that ended when a server was blocked. Says whether any may be left.

    Neither side told the other of the end, since nothing goes to a blocked server: who followed us follows us there
    still, and does again here; those whom we followed are asked again. What is no longer possible, such as between
    people who blocked each other since, stays as it is. Records: AccountFollowed, FollowRequested.
    """
    taken = await severed.take(tx, domain, batch)
    for one in taken:
        await _resume(tx, one)
    return len(taken) == batch


async def _resume(tx: Tx, one: SeveredFollow) -> None:
    who, whom = one.account_id, one.target_id
    await follows.hold(tx, who, whom)
    known = {account.id: account for account in await accounts.many(tx, [who, whom])}
    between = await follows.between(tx, who, whom)
    if len(known) < 2 or between.follows or between.requested:
        return
    try:
        if known[who].local:
            await follow(tx, who, whom, one.options)
        else:
            rules.check_follow(known[who], known[whom], between)
            await begin(tx, who, whom, one.options, again=True)
    except (Forbidden, Invalid, NotFound):
        return  # it may no longer be

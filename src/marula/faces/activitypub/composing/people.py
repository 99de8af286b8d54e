"""What stands between people of ours and of other servers: follows, asked for, granted and ended, and blocks.

Spec: ActivityPub 6.5, 6.9 and 7.5 to 7.7; federation practice, activities we emit
"""

from collections.abc import Sequence

import msgspec

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, FollowId
from marula.domain import accounts, actors, intake, relationships
from marula.domain.accounts import Account
from marula.domain.context import Context
from marula.domain.relationships import (
    AccountBlocked,
    AccountUnblocked,
    AccountUnfollowed,
    FollowRequested,
    FollowRequestEnded,
)
from marula.faces.activitypub.composing.federating import Outgoing, federates
from marula.faces.activitypub.vocab import activities
from marula.faces.activitypub.vocab.context import Document
from marula.views.reach import Reach


class Pair(msgspec.Struct, frozen=True):
    """Somebody of this server and somebody of another."""

    ours: Account
    theirs: Account

    @property
    def their_uri(self) -> str:
        assert self.theirs.uri is not None
        return self.theirs.uri


@federates(FollowRequested)
async def ask(ctx: Context, tx: Tx, fact: FollowRequested) -> Sequence[Outgoing]:
    """Follow."""
    pair = await _pair(tx, fact.account_id, fact.target_id)
    if pair is None or not await relationships.keep_request(tx, fact.request_id):
        return []
    document = activities.follow(ctx.config, pair.ours.id, fact.request_id, pair.their_uri)
    return [_to(pair, document, document["id"])]


@federates(FollowRequestEnded)
async def end_request(ctx: Context, tx: Tx, fact: FollowRequestEnded) -> Sequence[Outgoing]:
    """Accept or Reject of what we were asked; Undo of what we asked."""
    return await _ended(ctx, tx, fact.account_id, fact.target_id, fact.request_id, fact.ended_by, fact.granted)


@federates(AccountUnfollowed)
async def unfollow(ctx: Context, tx: Tx, fact: AccountUnfollowed) -> Sequence[Outgoing]:
    """Undo of our Follow; Reject of theirs, for who removes a follower has no other word for it."""
    return await _ended(ctx, tx, fact.account_id, fact.target_id, fact.follow_id, fact.ended_by, granted=False)


@federates(AccountBlocked)
async def block(ctx: Context, tx: Tx, fact: AccountBlocked) -> Sequence[Outgoing]:
    """Block. Their server needs to know it, so that they are not shown what they cannot answer."""
    pair = await _pair(tx, fact.account_id, fact.target_id)
    if pair is None or not await relationships.keep_block(tx, fact.block_id):
        return []
    document = activities.block(ctx.config, pair.ours.id, fact.block_id, pair.their_uri)
    return [_to(pair, document, document["id"])]


@federates(AccountUnblocked)
async def unblock(ctx: Context, tx: Tx, fact: AccountUnblocked) -> Sequence[Outgoing]:
    """Undo of a Block."""
    pair = await _pair(tx, fact.account_id, fact.target_id)
    if pair is None:
        return []
    blocked = activities.block(ctx.config, pair.ours.id, fact.block_id, pair.their_uri)
    return [_to(pair, activities.undo(blocked), blocked["id"])]


async def _ended(
    ctx: Context, tx: Tx, who: AccountId, whom: AccountId, follow: FollowId, by: AccountId, granted: bool
) -> Sequence[Outgoing]:
    """What is told of the end of a follow or a request: what one of ours did, to the other side."""
    if by == who and not granted:
        pair = await _pair(tx, who, whom)
        if pair is None:
            return []
        followed = activities.follow(ctx.config, who, follow, pair.their_uri)
        return [_to(pair, activities.undo(followed), followed["id"])]
    pair = await _pair(tx, whom, who) if by == whom else None
    if pair is None:
        return []
    received = await _received(ctx, tx, pair)
    answer = activities.accept if granted else activities.reject
    return [_to(pair, answer(ctx.config, whom, follow, received), None)]


async def _received(ctx: Context, tx: Tx, pair: Pair) -> Document:
    """The Follow that one of ours was sent, with the id that its sender gave it."""
    ours = actors.actor_uri(ctx.config, pair.ours.id)
    deed = await intake.latest_deed(tx, pair.theirs.id, "follow", ours)
    return activities.received_follow(ctx.config, None if deed is None else deed.uri, pair.their_uri, pair.ours.id)


async def _pair(tx: Tx, ours: AccountId, theirs: AccountId) -> Pair | None:
    """The two, when the first is of this server and the second is not."""
    known = {one.id: one for one in await accounts.many(tx, [ours, theirs])}
    first, second = known.get(ours), known.get(theirs)
    if first is None or second is None or not first.local or second.local:
        return None
    return Pair(first, second)


def _to(pair: Pair, document: Document, subject: str | None) -> Outgoing:
    return Outgoing(sender=pair.ours.id, document=document, reach=Reach(persons=(pair.theirs.id,)), subject=subject)

"""Votes of ours in polls of other servers, and how our polls stand.

Spec: FEP-9967; federation practice, polls
"""

from collections.abc import Sequence
from datetime import timedelta

from marula.base.db import Tx
from marula.base.events import reacts_to
from marula.base.jobs import job, later_once
from marula.base.kernel.ids import PostId
from marula.domain import accounts, posts
from marula.domain.context import Context
from marula.domain.posts import PollEnded, PollVoted
from marula.faces.activitypub.composing.federating import Outgoing, federates, send
from marula.faces.activitypub.composing.posts import renew_tallies
from marula.faces.activitypub.vocab import activities
from marula.views.reach import Reach
from marula.views.written import written

APART = timedelta(minutes=3)
"""How often it is told how a poll stands, at most."""


@federates(PollVoted)
async def vote(ctx: Context, tx: Tx, fact: PollVoted) -> Sequence[Outgoing]:
    """Create of each choice, to the author alone: nobody else is to know it."""
    who, post = await accounts.by_id(tx, fact.account_id), await posts.by_id(tx, fact.post_id)
    poll = await posts.poll_by_id(tx, fact.poll_id)
    if who is None or not who.local or post is None or post.local or poll is None:
        return []
    asked = (await written(ctx, tx, [post.id]))[post.id]
    return [
        Outgoing(
            sender=who.id,
            document=activities.vote(
                ctx.config, who.id, (poll.id, choice), poll.options[choice], asked.uri, asked.author
            ),
            reach=Reach(persons=(post.account_id,)),
        )
        for choice in fact.choices
        if choice < len(poll.options)
    ]


@reacts_to(PollVoted, lane="federation")
async def count(ctx: Context, fact: PollVoted) -> None:
    """Tell some minutes later how a poll of ours stands, once for all votes until then."""
    async with ctx.db.transaction() as tx:
        post = await posts.by_id(tx, fact.post_id)
        poll = await posts.poll_by_id(tx, fact.poll_id)
        if post is None or not post.local or poll is None or poll.hide_totals:
            return
        await later_once(tx, tx.now + APART, f"tallies-{post.id}", tell_tallies, post.id)


@job(lane="federation")
async def tell_tallies(ctx: Context, post: PostId) -> None:
    """Update of how a poll of ours stands."""
    async with ctx.db.transaction() as tx:
        outgoing = await renew_tallies(ctx, tx, post)
        if outgoing is not None:
            await send(ctx, tx, outgoing)


@federates(PollEnded)
async def end(ctx: Context, tx: Tx, fact: PollEnded) -> Sequence[Outgoing]:
    """Update with the result."""
    outgoing = await renew_tallies(ctx, tx, fact.post_id)
    return [] if outgoing is None else [outgoing]

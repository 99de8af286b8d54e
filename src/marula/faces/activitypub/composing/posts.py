"""Posts and boosts of ours: that they are there, what they say now, that they are gone.

Spec: ActivityPub 6.2 to 6.4 and 6.11; Mastodon documentation, spec/activitypub (status federation)
"""

from collections.abc import Sequence

import msgspec

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import accounts, actors, deliveries, posts
from marula.domain.context import Context
from marula.domain.posts import (
    AnswerApproved,
    PostDeleted,
    PostPublished,
    PostRevised,
    QuotePolicyChanged,
    Visibility,
    rules,
)
from marula.faces.activitypub.composing.federating import Outgoing, federates
from marula.faces.activitypub.vocab import activities, note
from marula.faces.activitypub.vocab.context import Document
from marula.views.reach import Reach, reach_of
from marula.views.written import Written, written


@federates(PostPublished, when=lambda fact: fact.local)
async def publish(ctx: Context, tx: Tx, fact: PostPublished) -> Sequence[Outgoing]:
    """Create, or Announce of a boost."""
    post = await _held(ctx, tx, fact.post_id)
    if post is None:
        return []
    document = note.activity(ctx.config, post)
    if fact.reblog_of_id is not None and post.visibility not in rules.BOOSTABLE:
        document["object"] = await _enclosed(ctx, tx, fact.reblog_of_id)
    return [await _outgoing(tx, post, document)]


@federates(PostRevised, when=lambda fact: fact.local)
async def revise(ctx: Context, tx: Tx, fact: PostRevised) -> Sequence[Outgoing]:
    """Update, to all who got the post."""
    post = await _held(ctx, tx, fact.post_id)
    return [] if post is None else [await renewed(tx, post, note.update(ctx.config, post))]


@federates(QuotePolicyChanged)
async def change_quote_policy(ctx: Context, tx: Tx, fact: QuotePolicyChanged) -> Sequence[Outgoing]:
    """Update: others than before may quote the post. It is no edit."""
    post = await _held(ctx, tx, fact.post_id)
    return [] if post is None else [await renewed(tx, post, note.update_silently(ctx.config, post, tx.now))]


@federates(AnswerApproved)
async def show_approval(ctx: Context, tx: Tx, fact: AnswerApproved) -> Sequence[Outgoing]:
    """Update: others can see now that whose post it answers approves it. It is no edit."""
    post = await _held(ctx, tx, fact.post_id)
    return [] if post is None else [await renewed(tx, post, note.update_silently(ctx.config, post, tx.now))]


@federates(PostDeleted, when=lambda fact: fact.local)
async def delete(ctx: Context, tx: Tx, fact: PostDeleted) -> Sequence[Outgoing]:
    """Delete, to all who got the post or had to do with it; Undo of a boost. Of who leaves, only that is told."""
    if await actors.departed(tx, fact.account_id) is not None:
        return []
    uri = actors.post_uri(ctx.config, fact.account_id, fact.post_id)
    if fact.reblog_of_id is None:
        reach = note.addressed(ctx.config, fact.account_id, fact.visibility, await _uris(ctx, tx, fact.mentioned))
        document = activities.delete_post(ctx.config, fact.account_id, fact.post_id, reach)
    else:
        boosted = await posts.by_id(tx, fact.reblog_of_id)
        if boosted is None:
            return []
        original = (await written(ctx, tx, [boosted.id]))[boosted.id]
        reach = note.addressed(ctx.config, fact.account_id, fact.visibility, [original.author])
        document = activities.undo(activities.announce(ctx.config, fact.account_id, uri, original.uri, reach))
    return [
        Outgoing(
            sender=fact.account_id,
            document=document,
            reach=_reach_of_gone(fact, await deliveries.reached(tx, uri)),
            subject=uri,
            post_id=fact.post_id,
        )
    ]


async def renew_tallies(ctx: Context, tx: Tx, post_id: PostId) -> Outgoing | None:
    """Update of how a poll stands."""
    post = await _held(ctx, tx, post_id)
    if post is None or post.question is None:
        return None
    return await renewed(tx, post, note.update_silently(ctx.config, post, tx.now))


def _reach_of_gone(fact: PostDeleted, told: Sequence[str]) -> Reach:
    everybody = fact.visibility in rules.BOOSTABLE
    return Reach(
        author=fact.account_id,
        followers_of=(fact.account_id,) if everybody or fact.visibility is Visibility.PRIVATE else (),
        people=(*fact.mentioned, *(fact.reached if everybody else ())),
        inboxes=tuple(told),
    )


async def _held(ctx: Context, tx: Tx, post: PostId) -> Written | None:
    """A post of ours, held against deletion; None when it is gone."""
    kept = await posts.kept(tx, post)
    return None if kept is None or not kept.local else (await written(ctx, tx, [post]))[post]


async def _outgoing(tx: Tx, post: Written, document: Document) -> Outgoing:
    reach = await reach_of(tx, post)
    return Outgoing(sender=post.account_id, document=document, reach=reach, subject=post.uri, post_id=post.id)


async def renewed(tx: Tx, post: Written, document: Document) -> Outgoing:
    """What goes to all who got the post, too."""
    outgoing = await _outgoing(tx, post, document)
    reach = msgspec.structs.replace(outgoing.reach, inboxes=tuple(await deliveries.reached(tx, post.uri)))
    return msgspec.structs.replace(outgoing, reach=reach)


async def _enclosed(ctx: Context, tx: Tx, post: PostId) -> Document:
    """One's own post for followers, whole: who boosts it to them gives it to those who follow since."""
    return note.note(ctx.config, (await written(ctx, tx, [post]))[post])


async def _uris(ctx: Context, tx: Tx, people: Sequence[AccountId]) -> list[str]:
    """The ids of these actors, those that are still known."""
    return [one.uri or actors.actor_uri(ctx.config, one.id) for one in await accounts.many(tx, people)]

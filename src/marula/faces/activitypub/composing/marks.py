"""Favourites and reactions of ours on posts of other servers, and what is put on our profiles: pinned posts, hashtags.

Spec: ActivityPub 6.6, 6.7 and 6.8; Mastodon documentation, spec/activitypub (featured)
"""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.base.text import is_emoji
from marula.domain import accounts, actors, emoji, interactions, posts, tags
from marula.domain.context import Context
from marula.domain.interactions import (
    PostFavourited,
    PostPinned,
    PostReacted,
    PostUnfavourited,
    PostUnpinned,
    PostUnreacted,
)
from marula.domain.posts import rules
from marula.domain.tags import TagFeatured, TagUnfeatured
from marula.faces.activitypub.composing.federating import Outgoing, federates
from marula.faces.activitypub.vocab import activities
from marula.faces.activitypub.vocab import tags as vocab_tags
from marula.faces.activitypub.vocab.context import Document
from marula.faces.activitypub.vocab.tags import hashtag
from marula.views.reach import Reach
from marula.views.written import written


@federates(PostFavourited, when=lambda fact: not (fact.local or fact.reacted))
async def favourite(ctx: Context, tx: Tx, fact: PostFavourited) -> Sequence[Outgoing]:
    """Like, to the author alone."""
    if not await interactions.keep_favourite(tx, fact.favourite_id):
        return []
    document = await _like(ctx, tx, fact)
    return [] if document is None else [_to_author(fact, document, document["id"])]


@federates(PostUnfavourited, when=lambda fact: not (fact.local or fact.reacted))
async def unfavourite(ctx: Context, tx: Tx, fact: PostUnfavourited) -> Sequence[Outgoing]:
    """Undo of a Like."""
    liked = await _like(ctx, tx, fact)
    return [] if liked is None else [_to_author(fact, activities.undo(liked), liked["id"])]


@federates(PostReacted, when=lambda fact: not fact.local)
async def react(ctx: Context, tx: Tx, fact: PostReacted) -> Sequence[Outgoing]:
    """Like with an emoji, to the author alone."""
    if not await interactions.keep_reaction(tx, fact.reaction_id):
        return []
    document = await _reaction(ctx, tx, fact)
    return [] if document is None else [_to_author(fact, document, document["id"])]


@federates(PostUnreacted, when=lambda fact: not fact.local)
async def unreact(ctx: Context, tx: Tx, fact: PostUnreacted) -> Sequence[Outgoing]:
    """Undo of such a Like."""
    reacted = await _reaction(ctx, tx, fact)
    return [] if reacted is None else [_to_author(fact, activities.undo(reacted), reacted["id"])]


@federates(PostPinned)
async def pin(ctx: Context, tx: Tx, fact: PostPinned) -> Sequence[Outgoing]:
    """Add."""
    return await _pinned(ctx, tx, fact, gone=False)


@federates(PostUnpinned)
async def unpin(ctx: Context, tx: Tx, fact: PostUnpinned) -> Sequence[Outgoing]:
    """Remove."""
    return await _pinned(ctx, tx, fact, gone=True)


@federates(TagFeatured)
async def feature(ctx: Context, tx: Tx, fact: TagFeatured) -> Sequence[Outgoing]:
    """Add."""
    return await _featured(ctx, tx, fact, gone=False)


@federates(TagUnfeatured)
async def unfeature(ctx: Context, tx: Tx, fact: TagUnfeatured) -> Sequence[Outgoing]:
    """Remove."""
    return await _featured(ctx, tx, fact, gone=True)


async def _like(ctx: Context, tx: Tx, fact: PostFavourited | PostUnfavourited) -> Document | None:
    """The Like, when it is one of ours and the post is still known."""
    who = await accounts.by_id(tx, fact.account_id)
    post = (await written(ctx, tx, [fact.post_id])).get(fact.post_id)
    if who is None or not who.local or post is None:
        return None
    return activities.like(ctx.config, who.id, fact.favourite_id, post.uri, post.author)


async def _reaction(ctx: Context, tx: Tx, fact: PostReacted | PostUnreacted) -> Document | None:
    """The Like that says an emoji, when it is one of ours and the post is still known."""
    who = await accounts.by_id(tx, fact.account_id)
    post = (await written(ctx, tx, [fact.post_id])).get(fact.post_id)
    if who is None or not who.local or post is None:
        return None
    custom = await emoji.named(ctx, tx, fact.name, fact.domain or None)
    said = fact.name if is_emoji(fact.name) else f":{fact.name}:"
    picture = None if custom is None else vocab_tags.emoji(ctx.config, custom)
    return activities.react(ctx.config, who.id, fact.reaction_id, post.uri, post.author, content=said, emoji=picture)


def _to_author(
    fact: PostFavourited | PostUnfavourited | PostReacted | PostUnreacted, document: Document, subject: str
) -> Outgoing:
    reach = Reach(persons=(fact.author_id,))
    return Outgoing(sender=fact.account_id, document=document, reach=reach, subject=subject, post_id=fact.post_id)


async def _pinned(ctx: Context, tx: Tx, fact: PostPinned | PostUnpinned, *, gone: bool) -> Sequence[Outgoing]:
    post = await posts.kept(tx, fact.post_id)
    if post is None or not post.local or post.visibility not in rules.BOOSTABLE:
        return []
    uri = actors.post_uri(ctx.config, fact.account_id, fact.post_id)
    document = activities.feature(ctx.config, fact.account_id, uri, place="pins", time=fact.pin_id, gone=gone)
    return [_to_followers(fact.account_id, document, post_id=fact.post_id)]


async def _featured(ctx: Context, tx: Tx, fact: TagFeatured | TagUnfeatured, *, gone: bool) -> Sequence[Outgoing]:
    who, tag = await accounts.by_id(tx, fact.account_id), await tags.by_id(tx, fact.tag_id)
    if who is None or not who.local or tag is None:
        return []
    named = hashtag(f"{ctx.config.web_url}/@{who.username}/tagged/{tag.name}", tag.display_name)
    document = activities.feature(ctx.config, who.id, named, place="tags", time=fact.featured_tag_id, gone=gone)
    return [_to_followers(who.id, document)]


def _to_followers(who: AccountId, document: Document, *, post_id: PostId | None = None) -> Outgoing:
    return Outgoing(sender=who, document=document, reach=Reach(followers_of=(who,)), post_id=post_id)

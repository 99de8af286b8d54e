"""Quotes of ours of posts of other servers: their authors are asked, and what they say is passed on.

Spec: FEP-044f (QuoteRequest, QuoteAuthorization)
"""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.domain import accounts, actors, posts
from marula.domain.context import Context
from marula.domain.posts import PostPublished, Quote, QuoteAccepted, QuoteState
from marula.faces.activitypub.composing.federating import Outgoing, federates
from marula.faces.activitypub.composing.posts import renewed
from marula.faces.activitypub.vocab import activities, note
from marula.views.reach import Reach
from marula.views.written import written


@federates(PostPublished, when=lambda fact: fact.local and fact.reblog_of_id is None)
async def ask(ctx: Context, tx: Tx, fact: PostPublished) -> Sequence[Outgoing]:
    """QuoteRequest, to the author of what is quoted."""
    quote = await posts.quote_by(tx, fact.post_id)
    if quote is None or quote.state is not QuoteState.PENDING or not await _elsewhere(tx, quote):
        return []
    post = (await written(ctx, tx, [fact.post_id])).get(fact.post_id)
    if post is None or post.quotes is None or quote.quoted_account_id is None:
        return []
    whole = note.note(ctx.config, post)
    document = activities.request_quote(ctx.config, quote.account_id, quote.id, post.quotes.uri, whole)
    reach = Reach(persons=(quote.quoted_account_id,))
    return [Outgoing(sender=quote.account_id, document=document, reach=reach, post_id=post.id)]


@federates(QuoteAccepted)
async def tell(ctx: Context, tx: Tx, fact: QuoteAccepted) -> Sequence[Outgoing]:
    """Update of a post of ours, which may show now what it quotes."""
    quote = await posts.quote_by_id(tx, fact.quote_id)
    if quote is None or quote.quoted_account_id == quote.account_id or not await _elsewhere(tx, quote):
        return []
    post = (await written(ctx, tx, [fact.post_id])).get(fact.post_id)
    if post is None or actors.post_of(ctx.config, post.uri) is None:
        return []
    return [await renewed(tx, post, note.update_silently(ctx.config, post, tx.now))]


async def _elsewhere(tx: Tx, quote: Quote) -> bool:
    """Whether what is quoted is by somebody of another server."""
    author = None if quote.quoted_account_id is None else await accounts.by_id(tx, quote.quoted_account_id)
    return author is not None and not author.local

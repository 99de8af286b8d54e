"""QuoteRequest: somebody elsewhere asks whether they may quote a post of ours; and what others answer to ours.

Spec: FEP-044f (QuoteRequest, Accept and Reject of it)
"""

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, QuoteId
from marula.domain import actors, posts
from marula.domain.context import Context
from marula.domain.posts import Post, Quote, QuoteState, Ties
from marula.faces.activitypub import ingest
from marula.faces.activitypub.activities.answering import answer_quote
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Rejected, receives
from marula.faces.activitypub.ingest import Sent
from marula.faces.activitypub.reading import id_of, same_origin
from marula.faces.activitypub.reading.values import document

NO_QUOTE = Ignored("it answers no quote of this server")


@receives("QuoteRequest")
async def receive_quote_request(ctx: Context, activity: Activity) -> Outcome:
    """Agree when the author of the post lets this actor quote it; refuse otherwise. Asked again, answer again."""
    quoted = None if activity.object_uri is None else actors.post_of(ctx.config, activity.object_uri)
    instrument = activity.document.get("instrument")
    uri = id_of(instrument)
    if quoted is None or uri is None or not same_origin(uri, activity.actor_uri):
        return Rejected("it asks about no post of this server, or for a post of another one")
    async with ctx.db.reading() as db:
        post, ties = await posts.readable_with_ties(db, activity.actor, quoted)
    if not _may(post, ties, activity.actor):
        async with ctx.db.transaction() as tx:
            await answer_quote(ctx, tx, post.account_id, "rejects", activity, uri, None)
        return Accepted()
    whole = document(instrument)
    sent = Sent(author=activity.actor, author_uri=activity.actor_uri)
    made = (
        await ingest.take(ctx, whole, sent=sent)
        if whole is not None and "attributedTo" in whole
        else await ingest.fetched(ctx, uri)
    )
    if made is None:
        return Ignored("the post that would quote cannot be had")
    async with ctx.db.transaction() as tx:
        quote = await posts.quote_by(tx, made)
        if quote is None or quote.quoted_id != post.id or quote.account_id != activity.actor:
            return Rejected("the post does not quote what it asks for")
        await posts.accept_quote(tx, quote)
        stamp = actors.stamp_uri(ctx.config, post.account_id, quote.id)
        await answer_quote(ctx, tx, post.account_id, "accepts", activity, uri, stamp)
    return Accepted()


async def settle(ctx: Context, activity: Activity, *, agreed: bool) -> Outcome | None:
    """What the author of a quoted post answers to a question of ours; None when it is not about a quote of ours."""
    which = None if activity.object_uri is None else actors.quote_request_of(ctx.config, activity.object_uri)
    if which is None:
        return None
    stamp = id_of(activity.document.get("result"))
    if stamp is not None and not same_origin(stamp, activity.actor_uri):
        return Rejected("the consent is of another server than who gives it")
    async with ctx.db.transaction() as tx:
        quote = await _asked(tx, which, activity.actor)
        if quote is None:
            return NO_QUOTE
        if agreed:
            await posts.accept_quote(tx, quote, stamp=stamp)
        elif quote.state in (QuoteState.PENDING, QuoteState.ACCEPTED):
            await posts.revoke_quote(tx, quote)
    return Accepted()


async def _asked(tx: Tx, which: QuoteId, author: AccountId) -> Quote | None:
    """The quote, when it is this author whom we asked."""
    quote = await posts.quote_by_id(tx, which)
    return quote if quote is not None and quote.quoted_account_id == author else None


def _may(post: Post, ties: Ties, who: AccountId) -> bool:
    consent = posts.rules.consent(post.visibility, post.account_id, post.quote_automatic, post.quote_manual, who, ties)
    return post.local and post.reblog_of_id is None and consent == "automatic"

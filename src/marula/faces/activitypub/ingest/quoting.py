"""Quotes in posts of other servers, and whether the quoted author agreed.

Spec: FEP-044f (QuoteAuthorization); the older forms carry no consent
"""

from collections.abc import Sequence

from marula.base.kernel.ids import AccountId, PostId
from marula.base.observe import logs
from marula.domain import accounts, actors, posts
from marula.domain.actors import PUBLIC, Addresses
from marula.domain.context import Context
from marula.domain.posts import Post, QuoteDraft, Quoters, QuoteState
from marula.faces.activitypub import fetching
from marula.faces.activitypub.fetching import FAILURES
from marula.faces.activitypub.reading import Document, Said, id_of, kind_of, same_origin

log = logs.logger("quotes")

STAMP = "QuoteAuthorization"


def quoters(allowed: Sequence[str], author: str, addresses: Addresses | None) -> Quoters:
    """The groups of people that these addresses stand for; the author alone stands for nobody."""
    groups = {PUBLIC: Quoters.PUBLIC, author: Quoters.NOBODY}
    if addresses is not None and addresses.followers is not None:
        groups[addresses.followers] = Quoters.FOLLOWERS
    if addresses is not None and addresses.following is not None:
        groups[addresses.following] = Quoters.FOLLOWING
    found = Quoters.NOBODY
    for one in allowed:
        found |= groups.get(one, Quoters.UNSUPPORTED)
    return found


async def quote_of(ctx: Context, found: Document, said: Said, author: AccountId, quoted: PostId) -> QuoteDraft | None:
    """The quote of a post: accepted with the stamp of the quoted author, or of one's own post; else it waits."""
    async with ctx.db.reading() as db:
        post = await posts.by_id(db, quoted)
        writer = None if post is None else await accounts.by_id(db, post.account_id)
    if post is None or writer is None or post.reblog_of_id is not None:
        return None
    accepted = post.account_id == author or await _stamped(
        ctx, found, said, writer.uri or actors.actor_uri(ctx.config, writer.id), post
    )
    state = QuoteState.ACCEPTED if accepted else QuoteState.PENDING
    return QuoteDraft(quoted_id=quoted, quoted_account_id=post.account_id, state=state)


async def _stamped(ctx: Context, found: Document, said: Said, writer: str, quoted: Post) -> bool:
    """Whether the author of the quoted post says, at an address of their own server, that this one may quote it."""
    stamp = id_of(found.get("quoteAuthorization"))
    if stamp is None or quoted.local or not same_origin(stamp, writer):
        return False
    try:
        consent = await fetching.document(ctx, stamp)
    except FAILURES as error:
        log.info("a consent cannot be had", stamp=stamp, reason=str(error))
        return False
    return (
        kind_of(consent) == STAMP
        and id_of(consent.get("attributedTo")) == writer
        and id_of(consent.get("interactingObject")) == said.uri
        and id_of(consent.get("interactionTarget")) == said.quotes
    )

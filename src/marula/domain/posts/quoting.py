"""The writes of quotes: they come with the post that quotes and go with it; consent may be withdrawn at any time.

Spec: Mastodon documentation, entities/Quote, entities/QuoteApproval
"""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.posts import rules, store
from marula.domain.posts.events import PostReread, QuoteAccepted, QuotePolicyChanged, QuoteRevoked
from marula.domain.posts.types import Draft, Post, Quote, QuoteDraft, QuotePolicy, Quoters, QuoteState, Visibility

NO_QUOTED = "The post you are trying to quote does not appear to exist."


async def attach_quote(tx: Tx, post: PostId, author: AccountId, draft: Draft) -> None:
    """Write the quote of a post that is being published. Records: QuoteAccepted when its author agrees.

    Raises: NotFound when what it quotes went meanwhile.
    """
    quote = draft.quote
    if quote is None:
        return
    if await store.kept(tx, quote.quoted_id) is None:
        raise NotFound(NO_QUOTED)
    await _insert(tx, post, author, draft.visibility, quote)


async def add_quote(tx: Tx, post: PostId, quote: QuoteDraft) -> None:
    """Let a post of another server show what it quotes, which came later than the post. Twice is once.

    Records: QuoteAccepted when the author of that agrees, PostReread.
    """
    found = await store.locked(tx, post)
    if found is None or await store.quote_by(tx, post) is not None or await store.kept(tx, quote.quoted_id) is None:
        return
    await _insert(tx, post, found.account_id, found.visibility, quote)
    await store.renew(tx, [post])
    await record(tx, PostReread(post_id=post, account_id=found.account_id))


async def _insert(tx: Tx, post: PostId, author: AccountId, visibility: Visibility, quote: QuoteDraft) -> None:
    made = await store.insert_quote(tx, post, author, quote)
    if quote.state is not QuoteState.ACCEPTED:
        return
    if visibility in rules.BOOSTABLE:
        await store.count(tx, quote.quoted_id, "quotes_count", 1)
    await record(
        tx,
        QuoteAccepted(
            quote_id=made,
            post_id=post,
            account_id=author,
            quoted_id=quote.quoted_id,
            quoted_account_id=quote.quoted_account_id,
        ),
    )


async def uncount_quote(tx: Tx, quote: Quote | None) -> None:
    """Count a quote no longer, when it was counted."""
    if (
        quote is not None
        and quote.quoted_id is not None
        and quote.state is QuoteState.ACCEPTED
        and quote.visibility in rules.BOOSTABLE
    ):
        await store.count(tx, quote.quoted_id, "quotes_count", -1)


async def accept_quote(tx: Tx, quote: Quote, *, stamp: str | None = None) -> None:
    """Agree to a quote that waits. Twice is once; what was refused stays refused. Records: QuoteAccepted.

    Takes: `stamp`, where the author of another server says so.
    """
    if quote.quoted_id is None or quote.quoted_account_id is None:
        return
    if not await store.accept_quote(tx, quote.id, stamp):
        return
    if quote.visibility in rules.BOOSTABLE:
        await store.count(tx, quote.quoted_id, "quotes_count", 1)
    await record(
        tx,
        QuoteAccepted(
            quote_id=quote.id,
            post_id=quote.post_id,
            account_id=quote.account_id,
            quoted_id=quote.quoted_id,
            quoted_account_id=quote.quoted_account_id,
        ),
    )


async def revoke_quote(tx: Tx, quote: Quote) -> None:
    """Withdraw the consent to a quote of one's own post. Doing it twice is doing it once. Records: QuoteRevoked."""
    before = await store.refuse_quote(tx, quote.id)
    if before is None or quote.quoted_id is None or quote.quoted_account_id is None:
        return
    if before is QuoteState.ACCEPTED:
        await uncount_quote(tx, quote)
    await record(
        tx,
        QuoteRevoked(
            quote_id=quote.id,
            post_id=quote.post_id,
            account_id=quote.account_id,
            quoted_id=quote.quoted_id,
            quoted_account_id=quote.quoted_account_id,
        ),
    )


async def set_quote_policy(tx: Tx, post: Post, policy: QuotePolicy) -> None:
    """Say who may quote one's own post from now on; quotes that are there stay. Records: QuotePolicyChanged."""
    if await store.set_quoters(tx, post.id, rules.quoters(policy, post.visibility), Quoters.NOBODY):
        await record(tx, QuotePolicyChanged(post_id=post.id, account_id=post.account_id))

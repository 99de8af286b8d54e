"""Who is told of what happens, and what is taken back when it is undone."""

from marula.base.db import Tx
from marula.base.events import Fact, reacts_to
from marula.base.jobs import job, later
from marula.base.kernel.ids import AccountId
from marula.domain.collections import (
    AccountFeatured,
    AccountNoLongerFeatured,
    CollectionDeleted,
    CollectionRevised,
)
from marula.domain.context import Context
from marula.domain.interactions import PostFavourited, PostUnfavourited
from marula.domain.moderation import ReportMade
from marula.domain.notifications import actions
from marula.domain.notifications.events import NotificationRequestAccepted, NotificationRequestDismissed
from marula.domain.notifications.kinds import KINDS, made_by
from marula.domain.notifications.store import requests, telling
from marula.domain.posts import (
    AnswerLinked,
    PollEnded,
    PostDeleted,
    PostPublished,
    PostRevised,
    QuoteAccepted,
    QuoteRevoked,
)
from marula.domain.relationships import (
    AccountBlocked,
    AccountFollowed,
    AccountMuted,
    AccountUnfollowed,
    DomainHidden,
    FollowRequested,
    FollowRequestEnded,
    RelationshipsSevered,
)
from marula.domain.users import UserApproved, UserConfirmed, UserRegistered


@reacts_to(PostPublished, lane="notify", when=lambda event: event.live)
async def tell_of_post(ctx: Context, event: PostPublished) -> None:
    """A post: those it names, and those who watch its author. A boost: the author of what was boosted."""
    await _tell(ctx, event)


@reacts_to(AnswerLinked, lane="notify")
async def tell_of_answer(ctx: Context, event: AnswerLinked) -> None:
    """An answer of which it is known now whom it answers: those who watch its author, when that is its author."""
    await _tell(ctx, event)


@reacts_to(PostRevised, lane="notify")
async def tell_of_edit(ctx: Context, event: PostRevised) -> None:
    """An edit: those whom it names now; who boosted or quoted it, in the place of what was told of earlier edits."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_earlier_updates(tx, event.post_id)
    await _tell(ctx, event)


@reacts_to(QuoteAccepted, lane="notify")
async def tell_of_quote(ctx: Context, event: QuoteAccepted) -> None:
    """A quote: the author of what is quoted."""
    await _tell(ctx, event)


@reacts_to(PollEnded, lane="notify")
async def tell_of_result(ctx: Context, event: PollEnded) -> None:
    """The end of a poll: those who voted, and its author."""
    await _tell(ctx, event)


@reacts_to(PostFavourited, lane="notify")
async def tell_of_favourite(ctx: Context, event: PostFavourited) -> None:
    """A favourite: the author of the post."""
    await _tell(ctx, event)


@reacts_to(AccountFollowed, lane="notify", when=lambda event: not event.again)
async def tell_of_follow(ctx: Context, event: AccountFollowed) -> None:
    """A follow: whoever is followed."""
    await _tell(ctx, event)


@reacts_to(FollowRequested, lane="notify")
async def tell_of_request(ctx: Context, event: FollowRequested) -> None:
    """A request to follow: whoever is asked."""
    await _tell(ctx, event)


@reacts_to(UserRegistered, lane="notify")
async def tell_of_sign_up(ctx: Context, event: UserRegistered) -> None:
    """A sign-up: those who manage users, when nothing has to be waited for."""
    await _tell(ctx, event)


@reacts_to(UserConfirmed, lane="notify")
async def tell_of_confirmed(ctx: Context, event: UserConfirmed) -> None:
    """A sign-up whose address is confirmed: those who manage users, unless it waits for approval."""
    await _tell(ctx, event)


@reacts_to(UserApproved, lane="notify")
async def tell_of_approved(ctx: Context, event: UserApproved) -> None:
    """A sign-up that was let in: those who manage users, unless its address is not confirmed yet."""
    await _tell(ctx, event)


@reacts_to(ReportMade, lane="notify")
async def tell_of_report(ctx: Context, event: ReportMade) -> None:
    """A report: those who manage reports."""
    await _tell(ctx, event)


@reacts_to(AccountFeatured, lane="notify")
async def tell_of_feature(ctx: Context, event: AccountFeatured) -> None:
    """An account in a collection: that account."""
    await _tell(ctx, event)


@reacts_to(CollectionRevised, lane="notify")
async def tell_of_collection(ctx: Context, event: CollectionRevised) -> None:
    """A changed collection: the accounts in it, in the place of what they were told of earlier changes."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_earlier_collection_updates(tx, event.collection_id)
    await _tell(ctx, event)


@reacts_to(RelationshipsSevered, lane="notify")
async def tell_of_severance(ctx: Context, event: RelationshipsSevered) -> None:
    """The end of many follows at once: whoever lost them."""
    await _tell(ctx, event)


@job(lane="notify")
async def tell_further(ctx: Context, kind: str, subject: int, after: AccountId) -> None:
    """Tell the next batch of a large audience."""
    async with ctx.db.transaction("relaxed") as tx:
        await _tell_batch(tx, kind, subject, after)


@reacts_to(PostUnfavourited, lane="notify")
async def forget_favourite(ctx: Context, event: PostUnfavourited) -> None:
    """A favourite was taken back."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget(tx, event.author_id, "favourite", event.favourite_id)


@reacts_to(PostDeleted, lane="notify", when=lambda event: event.reblog_of_id is not None)
async def forget_boost(ctx: Context, event: PostDeleted) -> None:
    """A boost was taken back. What was told of a post itself went with the post."""
    assert event.reblog_of_id is not None
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_boost(tx, event.reblog_of_id, event.post_id)


@reacts_to(QuoteRevoked, lane="notify")
async def forget_quote(ctx: Context, event: QuoteRevoked) -> None:
    """The consent to a quote was withdrawn."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget(tx, event.quoted_account_id, "quote", event.quote_id)


@reacts_to(AccountUnfollowed, lane="notify")
async def forget_follow(ctx: Context, event: AccountUnfollowed) -> None:
    """A follow was taken back."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_follow(tx, event.account_id, event.target_id)


@reacts_to(FollowRequestEnded, lane="notify")
async def forget_request(ctx: Context, event: FollowRequestEnded) -> None:
    """A request is answered or taken back."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget(tx, event.target_id, "follow_request", event.request_id)


@reacts_to(AccountBlocked, lane="notify")
async def forget_blocked(ctx: Context, event: AccountBlocked) -> None:
    """Nothing of an account one blocks stays, unless the block is lifted already."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_blocked(tx, event.account_id, event.target_id)


@reacts_to(AccountMuted, lane="notify")
async def forget_muted(ctx: Context, event: AccountMuted) -> None:
    """Nothing of an account one mutes stays, when the mute hides notifications."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_muted(tx, event.account_id, event.target_id)


@reacts_to(AccountNoLongerFeatured, lane="notify")
async def forget_feature(ctx: Context, event: AccountNoLongerFeatured) -> None:
    """An account is in a collection no longer."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_items(tx, [event.item_id], [event.account_id])


@reacts_to(CollectionDeleted, lane="notify")
async def forget_collection(ctx: Context, event: CollectionDeleted) -> None:
    """A collection is gone with its items."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_items(tx, [item for item, _ in event.items], [account for _, account in event.items])


@reacts_to(DomainHidden, lane="notify")
async def forget_domain(ctx: Context, event: DomainHidden) -> None:
    """Nothing from a server that one hides stays."""
    async with ctx.db.transaction("relaxed") as tx:
        await telling.forget_domain(tx, event.account_id, event.domain)


@reacts_to(NotificationRequestAccepted, lane="notify")
async def merge_accepted(ctx: Context, event: NotificationRequestAccepted) -> None:
    """Somebody wants to hear what was held back of an account."""
    await merge_further(ctx, event.account_id, event.from_id)


@job(lane="notify")
async def merge_further(ctx: Context, account: AccountId, source: AccountId) -> None:
    """Merge the next batch of what was held back."""
    async with ctx.db.transaction("relaxed") as tx:
        if await actions.merge(tx, account, source):
            await later(tx, merge_further, account, source)


@reacts_to(NotificationRequestDismissed, lane="notify")
async def discard_dismissed(ctx: Context, event: NotificationRequestDismissed) -> None:
    """Somebody does not want what was held back of an account."""
    await discard_further(ctx, event.account_id, event.from_id, event.upto)


@job(lane="notify")
async def discard_further(ctx: Context, account: AccountId, source: AccountId, upto: int) -> None:
    """Remove the next batch of what was held back."""
    async with ctx.db.transaction("relaxed") as tx:
        if await requests.discard(tx, account, source, upto, actions.BATCH):
            await later(tx, discard_further, account, source, upto)


async def _tell(ctx: Context, event: Fact) -> None:
    async with ctx.db.transaction("relaxed") as tx:
        for kind in made_by(event):
            await _tell_batch(tx, kind.name, getattr(event, kind.subject), AccountId(0))


async def _tell_batch(tx: Tx, kind: str, subject: int, after: AccountId) -> None:
    last = await actions.notify(tx, KINDS[kind], subject, after=after)
    if last is not None:
        await later(tx, tell_further, kind, subject, last)

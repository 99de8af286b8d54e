"""What the authors of posts of other servers let people do with them.

Spec: GoToSocial documentation, interaction policies; federation practice, interaction policies
"""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.events import record
from marula.base.kernel.errors import Forbidden
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import accounts, actors, tags
from marula.domain.context import Context
from marula.domain.posts import rules, store
from marula.domain.posts.events import AnswerApproved, AnswerLinked, PostReread
from marula.domain.posts.types import Consent, Deed, Permit, Post, Visibility


async def check_permit(ctx: Context, db: Connection, who: AccountId, post: Post, deed: Deed) -> None:
    """Raises Forbidden when the author of a post lets nobody like `who` do this, not even once asked.

    Who must be asked for is asked by the deed itself: their server takes it, or refuses it. Costs: one statement for a
    post of another server, four when its author restricts this.
    """
    if await _permission(ctx, db, who, post, deed) == "denied":
        raise Forbidden


async def needs_approval(ctx: Context, db: Connection, who: AccountId, post: Post) -> bool:
    """Whether what somebody answers to a post is for others only once its author approves it. Costs: as above."""
    return await _permission(ctx, db, who, post, Deed.REPLY) != "automatic"


async def _permission(ctx: Context, db: Connection, who: AccountId, post: Post, deed: Deed) -> Consent:
    permit = None if post.local or post.account_id == who else await store.permit(db, post.id, deed)
    if permit is None:
        return "automatic"
    ties = await store.ties(db, who, post.id, post.account_id)
    addresses = (await actors.addresses_of(db, [post.account_id])).get(post.account_id)
    groups = {actors.PUBLIC: True}
    if addresses is not None and addresses.followers is not None:
        groups[addresses.followers] = ties.follows
    if addresses is not None and addresses.following is not None:
        groups[addresses.following] = ties.followed_by
    concerned = ties.mentioned or post.in_reply_to_account_id == who
    account = await accounts.by_id(db, who)
    uri = account.uri if account is not None and account.uri is not None else actors.actor_uri(ctx.config, who)
    return rules.permission(permit, uri, [group for group, within in groups.items() if within], concerned)


async def set_permits(tx: Tx, post: PostId, permits: Sequence[Permit]) -> None:
    """Write what not everybody may do with a post of another server, in place of what was known."""
    await store.replace_permits(tx, post, permits)


async def approve_answer(tx: Tx, post: Post, stamp: str | None) -> None:
    """Keep where the author of what it answers approves an answer of ours; None when they do no longer.

    Records: AnswerApproved, when that is new.
    """
    if await store.approve(tx, post.id, stamp):
        await record(tx, AnswerApproved(post_id=post.id, account_id=post.account_id))


async def hold_back(tx: Tx, post: PostId) -> None:
    """Show an answer to those whom it names, and to nobody else, until it is approved. Direct ones are so already.

    Twice is once. Records: PostReread.
    """
    found = await store.locked(tx, post)
    if found is None or found.visibility >= Visibility.DIRECT:
        return
    await store.hold_back(tx, post, Visibility.LIMITED, found.visibility)
    await _count(tx, found, found.visibility, -1)
    await record(tx, PostReread(post_id=post, account_id=found.account_id))


async def release(tx: Tx, post: PostId) -> None:
    """Show an answer as far as it was meant to reach: the author of what it answers approves it.

    Twice is once. Records: PostReread, and AnswerLinked when it is young.
    """
    found = await store.locked(tx, post)
    reach = None if found is None else found.held_visibility
    if found is None or reach is None:
        return
    await store.hold_back(tx, post, reach, None)
    await _count(tx, found, reach, 1)
    await record(tx, PostReread(post_id=post, account_id=found.account_id))
    if found.in_reply_to_id is not None and rules.young(post, tx.now):
        fact = AnswerLinked(post_id=post, account_id=found.account_id, in_reply_to_id=found.in_reply_to_id)
        await record(tx, fact)


async def _count(tx: Tx, post: Post, reach: Visibility, delta: int) -> None:
    """Count an answer that reaches so far, or count it no longer."""
    if rules.counted(reach):
        await accounts.count_post(tx, post.account_id, delta)
    if reach not in rules.BOOSTABLE:
        return
    if post.in_reply_to_id is not None:
        await store.count(tx, post.in_reply_to_id, "replies_count", delta)
    names = await store.tag_names(tx, post.id)
    used, unused = (names, ()) if delta > 0 else ((), names)
    await tags.count_use(tx, post.account_id, post.created_at, gained=used, lost=unused)

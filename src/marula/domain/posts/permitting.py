"""What the authors of posts of other servers let people do with them.

Spec: GoToSocial documentation, interaction policies; federation practice, interaction policies
"""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.events import record
from marula.base.kernel.errors import Forbidden
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import actors
from marula.domain.context import Context
from marula.domain.posts import rules, store
from marula.domain.posts.events import AnswerApproved
from marula.domain.posts.types import Deed, Permit, Post


async def check_permit(ctx: Context, db: Connection, who: AccountId, post: Post, deed: Deed) -> None:
    """Raises Forbidden when the author of a post lets nobody like `who` do this, not even once asked.

    Who must be asked for is asked by the deed itself: their server takes it, or refuses it. Costs: one statement for a
    post of another server, three when its author restricts this.
    """
    permit = None if post.local or post.account_id == who else await store.permit(db, post.id, deed)
    if permit is None:
        return
    ties = await store.ties(db, who, post.id, post.account_id)
    addresses = (await actors.addresses_of(db, [post.account_id])).get(post.account_id)
    groups = {actors.PUBLIC: True}
    if addresses is not None and addresses.followers is not None:
        groups[addresses.followers] = ties.follows
    if addresses is not None and addresses.following is not None:
        groups[addresses.following] = ties.followed_by
    concerned = ties.mentioned or post.in_reply_to_account_id == who
    uri = actors.actor_uri(ctx.config, who)
    if rules.permission(permit, uri, [group for group, within in groups.items() if within], concerned) == "denied":
        raise Forbidden


async def set_permits(tx: Tx, post: PostId, permits: Sequence[Permit]) -> None:
    """Write what not everybody may do with a post of another server, in place of what was known."""
    await store.replace_permits(tx, post, permits)


async def approve_answer(tx: Tx, post: Post, stamp: str | None) -> None:
    """Keep where the author of what it answers approves an answer of ours; None when they do no longer.

    Records: AnswerApproved, when that is new.
    """
    if await store.approve(tx, post.id, stamp):
        await record(tx, AnswerApproved(post_id=post.id, account_id=post.account_id))

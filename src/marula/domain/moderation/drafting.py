"""From what somebody says against an account to what can be reported. Opens no transaction."""

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, collections, posts, site
from marula.domain.context import Context
from marula.domain.moderation import rules
from marula.domain.moderation.types import Complaint


async def draft_report(ctx: Context, db: Connection, reporter: AccountId, complaint: Complaint) -> Complaint:
    """The complaint, checked; only accounts of other servers have moderators elsewhere, to whom it can go.

    Raises: NotFound when the account does not exist, or something is named that is not its or cannot be seen; Invalid.
    Costs: one statement, two more with posts, one more with collections.
    """
    target = await accounts.by_id(db, complaint.target_id)
    if target is None:
        raise NotFound
    rules.check(complaint, {rule.id for rule in await site.house_rules(ctx)})
    written = await posts.readable_among(db, reporter, complaint.post_ids) if complaint.post_ids else []
    made = await collections.seen(db, reporter, complaint.collection_ids) if complaint.collection_ids else {}
    rules.check_evidence(
        complaint,
        {(post.id, post.account_id) for post in written},
        {(one.id, one.account_id) for one in made.values()},
    )
    return Complaint(
        target_id=complaint.target_id,
        category=complaint.category,
        comment=complaint.comment.strip(),
        forward=complaint.forward and not target.local,
        forward_to=() if target.local else rules.told(complaint),
        post_ids=complaint.post_ids,
        collection_ids=complaint.collection_ids,
        rule_ids=complaint.rule_ids,
    )

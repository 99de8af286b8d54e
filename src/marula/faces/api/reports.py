"""Complaints to the moderators.

Spec: Mastodon documentation, methods/reports
"""

from marula.base.kernel.ids import AccountId, CollectionId, PostId, RuleId
from marula.domain import moderation
from marula.domain.moderation import Category, Complaint
from marula.entities import Report
from marula.faces.api.call import Call
from marula.faces.api.route import REPORTING, route
from marula.faces.http.forms import Form
from marula.views.report import reports


class ReportForm(Form, frozen=True, kw_only=True):
    """What one says against an account."""

    account_id: AccountId = AccountId(0)
    category: Category | None = None
    comment: str = ""
    forward: bool = False
    forward_to_domains: tuple[str, ...] = ()
    status_ids: tuple[PostId, ...] = ()
    collection_ids: tuple[CollectionId, ...] = ()
    rule_ids: tuple[RuleId, ...] = ()


@route("POST", "/api/v1/reports", scopes=("write", "write:reports"), limit=REPORTING)
async def create(call: Call, form: ReportForm) -> Report:
    """Report an account to the moderators, with posts and collections of it and the rules it breaks."""
    complaint = Complaint(
        target_id=form.account_id,
        category=form.category,
        comment=form.comment,
        forward=form.forward,
        forward_to=form.forward_to_domains,
        post_ids=form.status_ids,
        collection_ids=form.collection_ids,
        rule_ids=form.rule_ids,
    )
    async with call.ctx.db.reading() as db:
        checked = await moderation.draft_report(call.ctx, db, call.me, complaint)
    async with call.ctx.db.transaction() as tx:
        made = await moderation.report(tx, call.me, checked)
    async with call.ctx.db.reading() as db:
        return (await reports(call.ctx, db, [made]))[made]

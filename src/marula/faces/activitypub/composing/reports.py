"""Reports of ours that are passed on to the server of whom they are about.

Spec: Mastodon documentation, spec/activitypub (reports federation)
"""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import accounts, moderation, posts
from marula.domain.accounts import INSTANCE, Account
from marula.domain.context import Context
from marula.domain.moderation import ReportMade
from marula.faces.activitypub.composing.federating import Outgoing, federates
from marula.faces.activitypub.vocab import activities
from marula.views.reach import Reach
from marula.views.written import written


@federates(ReportMade, when=lambda fact: fact.forwarded)
async def forward(ctx: Context, tx: Tx, fact: ReportMade) -> Sequence[Outgoing]:
    """Flag, in the name of the server: who complained is told to nobody.

    To the server of whom it is about; when the reporter chose servers, to those of them that have to do with it: that
    one, and those of the people whom the reported posts answer.
    """
    report = (await moderation.by_ids(tx, [fact.report_id])).get(fact.report_id)
    reporter, target = await accounts.by_id(tx, fact.account_id), await accounts.by_id(tx, fact.target_id)
    if report is None or reporter is None or not reporter.local or target is None or target.uri is None:
        return []
    told = await _told(tx, target, report.post_ids, fact.forward_to)
    shown = await written(ctx, tx, report.post_ids)
    uris = [shown[one].uri for one in report.post_ids if one in shown]
    document = activities.flag(ctx.config, report.id, target.uri, uris, report.comment)
    return [Outgoing(sender=INSTANCE, document=document, reach=Reach(people=told))]


async def _told(tx: Tx, target: Account, reported: Sequence[PostId], chosen: Sequence[str]) -> tuple[AccountId, ...]:
    """Whose servers are told."""
    if not chosen:
        return (target.id,)
    found = await posts.many(tx, list(reported))
    answered = {one.in_reply_to_account_id for one in found if one.in_reply_to_account_id is not None}
    people = [target, *await accounts.many(tx, sorted(answered - {target.id}))]
    return tuple(one.id for one in people if one.domain in chosen)

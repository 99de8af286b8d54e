"""Reports of ours that are passed on to the server of whom they are about.

Spec: Mastodon documentation, spec/activitypub (reports federation)
"""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.domain import accounts, moderation
from marula.domain.accounts import INSTANCE
from marula.domain.context import Context
from marula.domain.moderation import ReportMade
from marula.faces.activitypub.composing.federating import Outgoing, federates
from marula.faces.activitypub.vocab import activities
from marula.views.reach import Reach
from marula.views.written import written


@federates(ReportMade, when=lambda fact: fact.forwarded)
async def forward(ctx: Context, tx: Tx, fact: ReportMade) -> Sequence[Outgoing]:
    """Flag, in the name of the server: who complained is told to nobody."""
    report = (await moderation.by_ids(tx, [fact.report_id])).get(fact.report_id)
    reporter, target = await accounts.by_id(tx, fact.account_id), await accounts.by_id(tx, fact.target_id)
    if report is None or reporter is None or not reporter.local or target is None or target.uri is None:
        return []
    posts = await written(ctx, tx, report.post_ids)
    uris = [posts[one].uri for one in report.post_ids if one in posts]
    document = activities.flag(ctx.config, report.id, target.uri, uris, report.comment)
    return [Outgoing(sender=INSTANCE, document=document, reach=Reach(people=(target.id,)))]

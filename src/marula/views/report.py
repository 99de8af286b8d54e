"""Reports as the one who made them, and the moderators, see them.

Spec: Mastodon documentation, entities/Report
"""

from collections.abc import Iterable, Sequence

from marula.base.db import Connection
from marula.base.kernel.ids import ReportId
from marula.domain import moderation
from marula.domain.context import Context
from marula.domain.moderation import Report as Made
from marula.entities import Account, Report, rendered
from marula.entities.scalars import datetime_text
from marula.views.account import accounts_by_id


async def reports(ctx: Context, db: Connection, ids: Sequence[ReportId]) -> dict[ReportId, Report]:
    """These reports, by id; without those about an account removed at this moment.

    Whoever asks must be allowed to read them.

    Costs: one statement and those of accounts, whatever the number.
    """
    found = await moderation.by_ids(db, ids)
    shown = await accounts_by_id(ctx, db, list(dict.fromkeys(one.target_id for one in found.values())))
    return {
        identifier: _entity(one, rendered(Account, shown[one.target_id].data))
        for identifier, one in found.items()
        if one.target_id in shown
    }


def _entity(one: Made, target: Account) -> Report:
    return Report(
        id=str(one.id),
        action_taken=one.resolved_at is not None,
        action_taken_at=None if one.resolved_at is None else datetime_text(one.resolved_at),
        category=one.category,
        comment=one.comment,
        forwarded=one.forwarded,
        created_at=datetime_text(one.created_at),
        status_ids=_texts(one.post_ids),
        rule_ids=None if one.rule_ids is None else _texts(one.rule_ids),
        collection_ids=_texts(one.collection_ids),
        target_account=target,
    )


def _texts(ids: Iterable[int]) -> list[str]:
    return [str(identifier) for identifier in ids]

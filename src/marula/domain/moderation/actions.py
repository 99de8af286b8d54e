"""The writes of moderation."""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, ReportId
from marula.domain.moderation import rules, store
from marula.domain.moderation.events import ReportMade, ReportResolved
from marula.domain.moderation.types import Complaint


async def report(tx: Tx, reporter: AccountId, complaint: Complaint) -> ReportId:
    """Give the moderators a complaint that `draft_report` checked. Records: ReportMade."""
    made = await store.insert(
        tx,
        reporter,
        complaint,
        category=rules.category_of(complaint),
        rules=rules.rules_of(complaint),
        forwarded=complaint.forward,
    )
    fact = ReportMade(
        report_id=made,
        account_id=reporter,
        target_id=complaint.target_id,
        forwarded=complaint.forward,
        forward_to=complaint.forward_to,
    )
    await record(tx, fact)
    return made


async def resolve(tx: Tx, which: ReportId) -> None:
    """Be done with a report. Records: ReportResolved, once. Raises: NotFound."""
    if not await store.by_ids(tx, [which]):
        raise NotFound
    if await store.resolve(tx, which):
        await record(tx, ReportResolved(report_id=which))

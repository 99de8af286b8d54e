"""The SQL of moderation."""

from collections.abc import Sequence

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, ReportId, RuleId
from marula.domain.moderation.types import Category, Complaint, Report

_SELECT = f"select {', '.join(Report.__struct_fields__)} from reports"


async def insert(
    tx: Tx,
    reporter: AccountId,
    complaint: Complaint,
    *,
    category: Category,
    rules: Sequence[RuleId] | None,
    forwarded: bool,
) -> ReportId:
    """Write a report."""
    return await tx.value(
        """
        insert into reports (account_id, target_id, category, comment, forwarded, post_ids, collection_ids, rule_ids,
                             created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id
        """,
        reporter,
        complaint.target_id,
        category,
        complaint.comment,
        forwarded,
        list(dict.fromkeys(complaint.post_ids)),
        list(dict.fromkeys(complaint.collection_ids)),
        rules,
        tx.now,
    )


async def by_ids(db: Connection, ids: Sequence[ReportId]) -> dict[ReportId, Report]:
    """These reports, by id."""
    return {row["id"]: _report(row) for row in await db.all(f"{_SELECT} where id = any($1::bigint[])", ids)}


async def open_ones(db: Connection, *, before: ReportId, limit: int) -> list[Report]:
    """The reports that wait for the moderators, the latest first."""
    rows = await db.all(f"{_SELECT} where resolved_at is null and id < $1 order by id desc limit $2", before, limit)
    return [_report(row) for row in rows]


async def all_of_them(db: Connection, *, before: ReportId, limit: int) -> list[Report]:
    """All reports, the latest first."""
    return [_report(row) for row in await db.all(f"{_SELECT} where id < $1 order by id desc limit $2", before, limit)]


async def resolve(tx: Tx, report: ReportId) -> bool:
    """Note that the moderators are done with it. Says whether it is news."""
    return (
        await tx.run("update reports set resolved_at = $2 where id = $1 and resolved_at is null", report, tx.now) == 1
    )


def _report(row: Row) -> Report:
    values = dict(row)
    for name in ("post_ids", "collection_ids", "rule_ids"):
        values[name] = None if values[name] is None else tuple(values[name])
    return Report(**values)

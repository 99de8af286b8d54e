"""The writes of annual reports."""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain.annual_reports import store
from marula.domain.annual_reports.events import AnnualReportRequested


async def request(tx: Tx, who: AccountId, year: int) -> None:
    """Have the report of a year made, for who is eligible. Records: AnnualReportRequested, once."""
    if await store.request(tx, who, year):
        await record(tx, AnnualReportRequested(account_id=who, year=year))


async def view(tx: Tx, who: AccountId, year: int) -> None:
    """Have read a report. Raises: NotFound."""
    if not await store.view(tx, who, year):
        raise NotFound

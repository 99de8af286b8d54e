"""The facts of annual reports."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId


class AnnualReportRequested(Fact, frozen=True, kw_only=True):
    """Somebody wants to read about their year."""

    account_id: AccountId
    year: int

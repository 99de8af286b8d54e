"""The facts of moderation."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, ReportId


class ReportMade(Fact, frozen=True, kw_only=True):
    """Somebody complained about an account; `forwarded`: its server is to be told, or those of `forward_to`."""

    report_id: ReportId
    account_id: AccountId
    target_id: AccountId
    forwarded: bool
    forward_to: tuple[str, ...] = ()


class ReportResolved(Fact, frozen=True, kw_only=True):
    """The moderators are done with a report."""

    report_id: ReportId

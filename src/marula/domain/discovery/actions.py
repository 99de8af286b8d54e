"""The writes of discovery."""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain.discovery.events import SuggestionDismissed, TrendReviewed
from marula.domain.discovery.store import suggestions, trends
from marula.domain.discovery.types import Trending


async def review_trend(tx: Tx, what: Trending, one: int, *, trendable: bool) -> None:
    """Let a hashtag, a link or a post trend whenever it is popular, or never.

    Records: TrendReviewed. Raises: NotFound.
    """
    if not await trends.review(tx, what, one, trendable):
        raise NotFound
    await record(tx, TrendReviewed(what=what, id=one, trendable=trendable))


async def dismiss_suggestion(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Never suggest an account to somebody again. Records: SuggestionDismissed, the first time."""
    if await suggestions.dismiss(tx, who, whom):
        await record(tx, SuggestionDismissed(account_id=who, target_id=whom))

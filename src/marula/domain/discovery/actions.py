"""The writes of discovery."""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain.discovery.events import LinkDescribed, SuggestionDismissed, TrendReviewed
from marula.domain.discovery.store import links, suggestions, trends
from marula.domain.discovery.types import Card, Trending


async def review_trend(tx: Tx, what: Trending, one: int, *, trendable: bool) -> None:
    """Let a hashtag, a link or a post trend whenever it is popular, or never.

    Records: TrendReviewed. Raises: NotFound.
    """
    if not await trends.review(tx, what, one, trendable):
        raise NotFound
    await record(tx, TrendReviewed(what=what, id=one, trendable=trendable))


async def describe_link(tx: Tx, url: str, card: Card) -> None:
    """Keep what is behind a link that posts have. Records: LinkDescribed. Raises: NotFound."""
    if not await links.describe(tx, url, card):
        raise NotFound
    await record(tx, LinkDescribed(url=url))


async def dismiss_suggestion(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Never suggest an account to somebody again. Records: SuggestionDismissed, the first time."""
    if await suggestions.dismiss(tx, who, whom):
        await record(tx, SuggestionDismissed(account_id=who, target_id=whom))

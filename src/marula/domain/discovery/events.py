"""The facts of discovery."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId
from marula.domain.discovery.types import Trending


class TrendReviewed(Fact, frozen=True, kw_only=True):
    """A moderator let something trend, or not."""

    what: Trending
    id: int
    trendable: bool


class TrendReviewWanted(Fact, frozen=True, kw_only=True):
    """Things that nobody has reviewed are among the best that trend."""

    what: Trending
    ids: tuple[int, ...]


class SuggestionDismissed(Fact, frozen=True, kw_only=True):
    """Somebody does not want an account suggested to them."""

    account_id: AccountId
    target_id: AccountId

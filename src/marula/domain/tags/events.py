"""The facts of hashtags."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, FeaturedTagId, TagId


class TagFollowed(Fact, frozen=True, kw_only=True):
    """Somebody wants to see the public posts with a hashtag."""

    account_id: AccountId
    tag_id: TagId


class TagUnfollowed(Fact, frozen=True, kw_only=True):
    """Somebody follows a hashtag no longer."""

    account_id: AccountId
    tag_id: TagId


class TagFeatured(Fact, frozen=True, kw_only=True):
    """Somebody shows a hashtag on their profile."""

    featured_tag_id: FeaturedTagId
    account_id: AccountId
    tag_id: TagId


class TagUnfeatured(Fact, frozen=True, kw_only=True):
    """A hashtag is no longer on a profile."""

    featured_tag_id: FeaturedTagId
    account_id: AccountId
    tag_id: TagId

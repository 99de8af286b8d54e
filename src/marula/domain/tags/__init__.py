"""Hashtags: the names that posts carry, each known once; who follows them, and on whose profiles they are.

Tables owned: tags, tag_follows, featured_tags.
"""

from marula.domain.tags import rules
from marula.domain.tags.actions import count_use, ensure, feature, follow, unfeature, unfollow
from marula.domain.tags.events import TagFeatured, TagFollowed, TagUnfeatured, TagUnfollowed
from marula.domain.tags.store.featuring import featured, recently_used
from marula.domain.tags.store.featuring import of_account as featured_by
from marula.domain.tags.store.following import followed, followers_among, standing
from marula.domain.tags.store.names import by_id, by_name
from marula.domain.tags.types import FeaturedTag, FollowedTag, Tag

__all__ = [
    "FeaturedTag",
    "FollowedTag",
    "Tag",
    "TagFeatured",
    "TagFollowed",
    "TagUnfeatured",
    "TagUnfollowed",
    "by_id",
    "by_name",
    "count_use",
    "ensure",
    "feature",
    "featured",
    "featured_by",
    "follow",
    "followed",
    "followers_among",
    "recently_used",
    "rules",
    "standing",
    "unfeature",
    "unfollow",
]

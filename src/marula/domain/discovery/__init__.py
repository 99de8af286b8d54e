"""Discovery: what people find who look for something or somebody, and whom and what they are shown unasked.

Tables owned: directory_entries, search_posts, search_names, search_library, search_authors, post_links, trending_tags,
trending_links, trending_posts, suggested, dismissed_suggestions.
"""

from marula.domain.discovery import reactions
from marula.domain.discovery.actions import dismiss_suggestion, review_trend
from marula.domain.discovery.events import SuggestionDismissed, TrendReviewed, TrendReviewWanted
from marula.domain.discovery.indexing import rebuild
from marula.domain.discovery.reading import find_hashtags, find_people, find_posts
from marula.domain.discovery.resolving import Found, is_address, resolve_known
from marula.domain.discovery.store.directory import listed as directory
from marula.domain.discovery.store.links import posts as posts_with_link
from marula.domain.discovery.store.links import trending as trending_link
from marula.domain.discovery.store.trends import link_uses, popular, trending_links, trending_posts, trending_tags
from marula.domain.discovery.suggesting import suggestions
from marula.domain.discovery.types import DirectoryOrder, Link, Popular, Suggested, SuggestionSource, Trending

__all__ = [
    "DirectoryOrder",
    "Found",
    "Link",
    "Popular",
    "Suggested",
    "SuggestionDismissed",
    "SuggestionSource",
    "TrendReviewWanted",
    "TrendReviewed",
    "Trending",
    "directory",
    "dismiss_suggestion",
    "find_hashtags",
    "find_people",
    "find_posts",
    "is_address",
    "link_uses",
    "popular",
    "posts_with_link",
    "reactions",
    "rebuild",
    "resolve_known",
    "review_trend",
    "suggestions",
    "trending_link",
    "trending_links",
    "trending_posts",
    "trending_tags",
]

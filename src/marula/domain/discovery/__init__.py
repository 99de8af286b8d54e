"""Discovery: what people find who look for something or somebody, and whom and what they are shown unasked.

Tables owned: directory_entries, search_posts, search_library, search_authors, links, post_links, trending_tags,
trending_links, trending_posts.
"""

from marula.domain.discovery import reactions
from marula.domain.discovery.actions import describe_link, review_trend
from marula.domain.discovery.events import LinkDescribed, TrendReviewed, TrendReviewWanted
from marula.domain.discovery.indexing import rebuild
from marula.domain.discovery.reading import find_posts
from marula.domain.discovery.store.directory import listed as directory
from marula.domain.discovery.store.links import posts as posts_with_link
from marula.domain.discovery.store.links import trending as trending_link
from marula.domain.discovery.store.trends import link_uses, trending_links, trending_posts, trending_tags
from marula.domain.discovery.types import Card, DirectoryOrder, Link, Trending

__all__ = [
    "Card",
    "DirectoryOrder",
    "Link",
    "LinkDescribed",
    "TrendReviewWanted",
    "TrendReviewed",
    "Trending",
    "describe_link",
    "directory",
    "find_posts",
    "link_uses",
    "posts_with_link",
    "reactions",
    "rebuild",
    "review_trend",
    "trending_link",
    "trending_links",
    "trending_posts",
    "trending_tags",
]

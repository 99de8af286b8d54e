"""What may be pinned. Pure."""

import re

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId
from marula.domain.posts import Post, Visibility

SHORTCODE = re.compile(r"[a-zA-Z0-9_]{2,}")
LONGEST_SHORTCODE = 2048
"""Spec: federation practice, limits (emoji shortcode)"""

MAX_PINS = 5
MOST_MIRRORED = 50
"""Posts that are shown on top of a profile of another server."""

MAX_REACTIONS = 8
"""Different emoji with which one account may react to one post."""


def check_pin(post: Post, who: AccountId, pinned: int) -> None:
    """Raises Invalid with the reason why this post cannot be pinned besides so many others."""
    if post.reblog_of_id is not None:
        raise Invalid.because("A boost cannot be pinned")
    if post.account_id != who:
        raise Invalid.because("Someone else's post cannot be pinned")
    if post.visibility in (Visibility.DIRECT, Visibility.LIMITED):
        raise Invalid.because("Posts that are only visible to mentioned users cannot be pinned")
    if pinned >= MAX_PINS:
        raise Invalid.because("You have already pinned the maximum number of posts")


def check_reaction(given: int) -> None:
    """Raises Invalid when an account has given so many reactions to a post already that no other is taken."""
    if given >= MAX_REACTIONS:
        raise Invalid.because("Limit of different reactions reached")

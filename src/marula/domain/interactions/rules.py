"""What may be pinned. Pure."""

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId
from marula.domain.posts import Post, Visibility

MAX_PINS = 5


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

"""Lists as their owner sees them.

Spec: Mastodon documentation, entities/List
"""

from marula.domain.lists import List as Kept
from marula.entities import List


def list_of_accounts(kept: Kept) -> List:
    """The entity."""
    return List(id=str(kept.id), title=kept.title, replies_policy=kept.replies_policy, exclusive=kept.exclusive)

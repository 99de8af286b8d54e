"""Who wrote a linked page."""

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.scalars import Url


class PreviewCardAuthor(Entity, kw_only=True):
    """A writer, with their account where it is known.

    Spec: Mastodon documentation, entities/PreviewCardAuthor
    """

    name: str
    url: Url
    account: Account | None

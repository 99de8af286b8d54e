"""What the operators write about their server."""

from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Html


class ExtendedDescription(Entity, kw_only=True):
    """The long description of this server.

    Spec: Mastodon documentation, entities/ExtendedDescription
    """

    updated_at: Datetime | None
    content: Html

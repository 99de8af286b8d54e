"""What becomes of people's data."""

from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Html


class PrivacyPolicy(Entity, kw_only=True):
    """The privacy policy of this server.

    Spec: Mastodon documentation, entities/PrivacyPolicy
    """

    updated_at: Datetime
    content: Html

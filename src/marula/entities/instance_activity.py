"""Small answers about this server that have no page of their own."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Url


class InstanceActivity(Entity, kw_only=True):
    """What happened here in one week; every number is in a string.

    Spec: Mastodon documentation, methods/instance (activity)
    """

    week: Annotated[str, Meta(description="Unix seconds of its first moment, in a string.")]
    statuses: str
    logins: str
    registrations: str


class Language(Entity, kw_only=True):
    """A language that posts may be marked with.

    Spec: Mastodon documentation, methods/instance
    """

    code: str
    name: str


class InviteInfo(Entity, kw_only=True):
    """What an invitation link opens.

    Spec: Mastodon documentation, methods/accounts (create)
    """

    invite_code: str
    instance_api_url: Url

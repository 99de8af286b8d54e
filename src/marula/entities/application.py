"""Programs that act for people."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Id, Url


class Application(Entity, kw_only=True):
    """A registered program.

    Spec: Mastodon documentation, entities/Application
    """

    id: Id
    name: str
    website: Annotated[Url | None, Meta(description="null, never an empty string.")]
    scopes: list[str]
    redirect_uris: list[str]
    redirect_uri: Annotated[str, Meta(description="Deprecated: redirect_uris, one a line.")]
    vapid_key: Annotated[str, Meta(description="Deprecated: the same key as in the instance's configuration.")]


class CredentialApplication(Application, kw_only=True):
    """A program as it sees itself on the day it is registered.

    Spec: Mastodon documentation, entities/Application (CredentialApplication)
    """

    client_id: str
    client_secret: str
    client_secret_expires_at: Annotated[int, Meta(description="Always 0: it does not expire.")]

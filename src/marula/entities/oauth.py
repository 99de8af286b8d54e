"""What the OAuth endpoints answer."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Url


class OAuthError(Entity, kw_only=True):
    """A refusal in the words of OAuth.

    Spec: RFC 6749, 5.2; Mastodon documentation, methods/oauth
    """

    error: str
    error_description: str


class OAuthServerMetadata(Entity, kw_only=True):
    """Where the OAuth endpoints are and what they can do.

    Spec: RFC 8414; Mastodon documentation, methods/oauth (authorization server metadata)
    """

    issuer: Url
    service_documentation: Url
    authorization_endpoint: Url
    token_endpoint: Url
    userinfo_endpoint: Url
    revocation_endpoint: Url
    app_registration_endpoint: Annotated[Url, Meta(description="Not part of the RFC.")]
    scopes_supported: list[str]
    response_types_supported: list[str]
    response_modes_supported: list[str]
    grant_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    code_challenge_methods_supported: list[str]


class OAuthUserinfo(Entity, kw_only=True):
    """Who the bearer of a token is.

    Spec: Mastodon documentation, methods/oauth (userinfo)
    """

    iss: Url
    sub: Annotated[Url, Meta(description="The id of the actor.")]
    name: str
    preferred_username: str
    profile: Url
    picture: Url

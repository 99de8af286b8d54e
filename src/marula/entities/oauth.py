"""What the OAuth endpoints answer."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

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


class OAuthIntrospection(Entity, kw_only=True):
    """Whether a token is worth something, and what; of a worthless one nothing else is told.

    Spec: RFC 7662, 2.2
    """

    active: bool
    scope: Annotated[str | UnsetType, Meta(examples=["read write"])] = UNSET
    client_id: str | UnsetType = UNSET
    token_type: str | UnsetType = UNSET
    iat: Annotated[int | UnsetType, Meta(description="When it was given, in unix seconds.")] = UNSET
    exp: Annotated[int | UnsetType, Meta(description="When it ends; tokens that do not end have none.")] = UNSET


class OAuthTokenApplication(Entity, kw_only=True):
    """The program that holds a token.

    Spec: endpoints.json, GET /oauth/token/info
    """

    uid: Annotated[str, Meta(description="Its client_id.")]


class OAuthTokenInfo(Entity, kw_only=True):
    """What a token is good for, as told to whoever holds it.

    Spec: endpoints.json, GET /oauth/token/info; no public specification describes it.
    """

    resource_owner_id: Annotated[str | None, Meta(description="The account; null for a token of a program itself.")]
    scope: list[str]
    expires_in: Annotated[int | None, Meta(description="Seconds; null when it does not end.")]
    application: OAuthTokenApplication
    created_at: Annotated[int, Meta(description="Unix seconds.")]

"""The documents by which servers and people find each other."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from marula.entities.entity import Entity
from marula.entities.scalars import Url


class WellKnownLink(Entity, kw_only=True):
    """A link with its meaning.

    Spec: RFC 7033, 4.4.4
    """

    rel: str
    type: str | UnsetType = UNSET
    href: str | UnsetType = UNSET
    template: str | UnsetType = UNSET


class WebFinger(Entity, kw_only=True):
    """Where an account is found.

    Spec: RFC 7033; Mastodon documentation, spec/webfinger
    """

    subject: Annotated[str, Meta(examples=["acct:ann@marula.example"])]
    aliases: list[Url]
    links: list[WellKnownLink]


class HostMeta(Entity, kw_only=True):
    """Where WebFinger is found.

    Spec: RFC 6415, 3
    """

    links: list[WellKnownLink]


class NodeInfoLinks(Entity, kw_only=True):
    """Where the facts about this server are found.

    Spec: NodeInfo protocol, discovery
    """

    links: list[WellKnownLink]


class NodeInfoSoftware(Entity, kw_only=True):
    """The program that runs here.

    Spec: NodeInfo 2.0, software
    """

    name: str
    version: str


class NodeInfoServices(Entity, kw_only=True):
    """Other services this server reads from or writes to.

    Spec: NodeInfo 2.0, services
    """

    inbound: list[str]
    outbound: list[str]


class NodeInfoUsers(Entity, kw_only=True, rename="camel"):
    """How many people are here.

    Spec: NodeInfo 2.0, usage.users
    """

    total: int
    active_month: int
    active_halfyear: int


class NodeInfoUsage(Entity, kw_only=True, rename="camel"):
    """How much the server is used.

    Spec: NodeInfo 2.0, usage
    """

    users: NodeInfoUsers
    local_posts: int


class NodeInfoMetadata(Entity, kw_only=True, rename="camel"):
    """What the server calls itself.

    Spec: NodeInfo 2.0, metadata
    """

    node_name: str
    node_description: str


class NodeInfo(Entity, kw_only=True, rename="camel"):
    """Facts about this server for other servers and for statistics.

    Spec: NodeInfo 2.0
    """

    version: Literal["2.0"]
    software: NodeInfoSoftware
    protocols: list[str]
    services: NodeInfoServices
    usage: NodeInfoUsage
    open_registrations: bool
    metadata: NodeInfoMetadata

"""One's own profile, to be edited."""

from typing import Annotated

from msgspec import Meta

from marula.entities.account import AccountField
from marula.entities.entity import Entity
from marula.entities.featured_tag import FeaturedTag
from marula.entities.scalars import Html, Id, Url


class Profile(Entity, kw_only=True):
    """A profile as it was written, beside what it looks like.

    Spec: Mastodon documentation, entities/Profile
    """

    id: Id
    display_name: str
    note: Annotated[str, Meta(description="As written.")]
    formatted_note: Html
    fields: list[AccountField]
    formatted_fields: list[AccountField]
    avatar: Annotated[Url | None, Meta(description="null when none was chosen, unlike Account.avatar.")]
    avatar_static: Url | None
    avatar_description: str
    header: Annotated[Url | None, Meta(description="null when none was chosen, unlike Account.header.")]
    header_static: Url | None
    header_description: str
    locked: bool
    bot: bool
    hide_collections: bool | None
    discoverable: bool | None
    indexable: bool
    show_media: bool
    show_media_replies: bool
    show_featured: bool
    attribution_domains: list[str]
    featured_tags: list[FeaturedTag]

"""The words of the site: its settings, each with its default and what it wants, and its rules."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from marula.base.kernel.ids import RuleId

Registrations: TypeAlias = Literal["open", "approved", "none"]
FeedAccess: TypeAlias = Literal["public", "authenticated", "disabled"]
BlocksShown: TypeAlias = Literal["disabled", "users", "all"]
TopicFeedAccess: TypeAlias = Literal["public", "authenticated"]


class SiteSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What an owner decides while the server runs. A description says what a value must be.

    Sign-up starts with approval: a new server has no moderators who watch it, and still nobody is turned away.
    """

    title: Annotated[str, Meta(max_length=200, description="a text of at most 200 characters")] = "Marula"
    short_description: Annotated[str, Meta(max_length=200, description="a text of at most 200 characters")] = ""
    extended_description: Annotated[str, Meta(max_length=100_000, description="a text in HTML")] = ""
    privacy_policy: Annotated[
        str, Meta(max_length=200_000, description="a text in Markdown, or empty for the one that comes with Marula")
    ] = ""
    contact_email: Annotated[
        str, Meta(pattern=r"^([^@\s]+@[^@\s]+)?$", max_length=320, description="an e-mail address, or empty")
    ] = ""
    contact_username: Annotated[
        str, Meta(pattern=r"^[A-Za-z0-9_]{0,30}$", description="the username of an account here, or empty")
    ] = ""
    registrations: Annotated[Registrations, Meta(description="one of open, approved, none")] = "approved"
    reason_required: Annotated[bool, Meta(description="true or false")] = False
    closed_registrations_message: Annotated[str, Meta(max_length=10_000, description="a text in HTML")] = ""
    local_live_feed_access: Annotated[FeedAccess, Meta(description="one of public, authenticated, disabled")] = "public"
    remote_live_feed_access: Annotated[FeedAccess, Meta(description="one of public, authenticated, disabled")] = (
        "public"
    )
    local_topic_feed_access: Annotated[TopicFeedAccess, Meta(description="one of public, authenticated")] = "public"
    remote_topic_feed_access: Annotated[FeedAccess, Meta(description="one of public, authenticated, disabled")] = (
        "public"
    )
    activity_api_enabled: Annotated[bool, Meta(description="true or false")] = True
    trends: Annotated[bool, Meta(description="true or false")] = True
    trendable_by_default: Annotated[
        bool,
        Meta(description="true or false: whether hashtags, links and posts trend before somebody has reviewed them"),
    ] = False
    bootstrap_timeline_accounts: Annotated[
        str, Meta(max_length=2000, description="handles with commas in between, whom to suggest to everybody first")
    ] = ""
    profile_directory: Annotated[bool, Meta(description="true or false")] = True
    show_domain_blocks: Annotated[
        BlocksShown, Meta(description="one of disabled, users, all: who may read which servers are blocked")
    ] = "disabled"
    show_domain_blocks_rationale: Annotated[
        BlocksShown, Meta(description="one of disabled, users, all: who may read why")
    ] = "disabled"
    peers_api_enabled: Annotated[bool, Meta(description="true or false")] = True
    remote_media_ceiling: Annotated[
        int,
        Meta(ge=0, description="bytes that copies of others' files may take; 0 for what the environment says"),
    ] = 0
    media_cache_retention_period: Annotated[
        int, Meta(ge=0, le=36_500, description="days that copies of others' files stay unseen; 0 while there is room")
    ] = 0
    wrapstodon: Annotated[bool, Meta(description="true or false: reports of the year, in December")] = True


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the house, in the words of the owner."""

    id: RuleId
    text: str
    hint: str


class PrivacyPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of people's data, in Markdown, and since when it is told so."""

    text: str
    updated_at: datetime

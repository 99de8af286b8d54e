"""The server as it presents itself.

Spec: Mastodon documentation, entities/Instance and entities/V1_Instance
"""

import msgspec

from marula import __version__
from marula.base import imaging
from marula.base.db import Connection
from marula.base.text import LANGUAGES, plain_text
from marula.domain import accounts, annual_reports, interactions, media, posts, site, tags, terms, translation, upkeep
from marula.domain.accounts import rules as account_rules
from marula.domain.context import Context
from marula.entities import (
    Account,
    AccountLimits,
    ActiveUsers,
    ApiVersions,
    FeedAccess,
    Instance,
    InstanceConfiguration,
    InstanceContact,
    InstanceUrls,
    InstanceUsage,
    MediaLimits,
    PollLimits,
    Registrations,
    Rule,
    StatusLimits,
    Thumbnail,
    TimelinesAccess,
    TopicFeedAccess,
    TranslationOffer,
    V1AccountLimits,
    V1Instance,
    V1InstanceConfiguration,
    V1InstanceStats,
    V1InstanceUrls,
    V1MediaLimits,
    Vapid,
    rendered,
)
from marula.views.account import accounts as render_accounts

MASTODON = "4.6.0"
"""The version of Mastodon's API that clients may expect."""

VERSION = f"{MASTODON} (compatible; Marula {__version__})"

API_VERSION = 10
"""What Mastodon 4.6.0 reached: groups of notifications, quotes, collections.

Spec: permissions.json, api_versions
"""

STATUSES = StatusLimits(
    max_characters=posts.rules.MAX_CHARACTERS, max_media_attachments=media.rules.MOST, characters_reserved_per_url=23
)
POLLS = PollLimits(
    max_options=posts.rules.MAX_POLL_OPTIONS,
    max_characters_per_option=posts.rules.MAX_OPTION_CHARACTERS,
    min_expiration=posts.rules.MIN_POLL_SECONDS,
    max_expiration=posts.rules.MAX_POLL_SECONDS,
)
FILES = V1MediaLimits(
    supported_mime_types=list(imaging.MIME_TYPES),
    image_size_limit=imaging.ATTACHMENT.picture_bytes,
    image_matrix_limit=media.processing.LIMITS.pixels,
    video_size_limit=imaging.ATTACHMENT.film_bytes,
    video_frame_rate_limit=media.processing.LIMITS.frame_rate,
    video_matrix_limit=media.processing.LIMITS.film_pixels,
)


async def instance(ctx: Context, db: Connection) -> Instance:
    """The server, in the second version of the description."""
    settings = await site.get(ctx)
    figures = await upkeep.figures(db, ctx.clock.now())
    web = ctx.config.web_url
    topics = TopicFeedAccess(local=settings.local_topic_feed_access, remote=settings.remote_topic_feed_access)
    return Instance(
        domain=ctx.config.local_domain,
        title=settings.title,
        version=VERSION,
        source_url=ctx.config.source_url or web,
        description=settings.short_description,
        usage=InstanceUsage(users=ActiveUsers(active_month=figures.active_month)),
        thumbnail=Thumbnail(url=thumbnail(ctx), description=settings.title),
        icon=[],
        languages=languages(ctx),
        configuration=InstanceConfiguration(
            urls=InstanceUrls(
                streaming=streaming_url(ctx),
                status=None,
                about=web,
                privacy_policy=f"{web}/privacy-policy",
                terms_of_service=f"{web}/terms-of-service" if await terms.published(db) else None,
            ),
            vapid=Vapid(public_key=ctx.config.vapid_public_key),
            accounts=AccountLimits(
                max_featured_tags=tags.rules.MAX_FEATURED,
                max_pinned_statuses=interactions.MAX_PINS,
                max_display_name_length=account_rules.DISPLAY_NAME_MAX,
                max_note_length=account_rules.NOTE_MAX,
                max_avatar_description_length=account_rules.DESCRIPTION_MAX,
                max_header_description_length=account_rules.DESCRIPTION_MAX,
                max_profile_fields=account_rules.FIELDS_MAX,
                profile_field_name_limit=account_rules.FIELD_MAX,
                profile_field_value_limit=account_rules.FIELD_MAX,
            ),
            statuses=STATUSES,
            media_attachments=MediaLimits(
                description_limit=media.rules.LONGEST_DESCRIPTION, **msgspec.structs.asdict(FILES)
            ),
            polls=POLLS,
            translation=TranslationOffer(enabled=translation.enabled(ctx.config)),
            timelines_access=TimelinesAccess(
                live_feeds=FeedAccess(local=settings.local_live_feed_access, remote=settings.remote_live_feed_access),
                hashtag_feeds=topics,
                trending_link_feeds=topics,
            ),
            limited_federation=False,
        ),
        registrations=Registrations(
            enabled=settings.registrations != "none",
            approval_required=settings.registrations == "approved",
            reason_required=settings.registrations == "approved" and settings.reason_required,
            message=settings.closed_registrations_message or None if settings.registrations == "none" else None,
            min_age=None,
            url=None,
        ),
        api_versions=ApiVersions(mastodon=API_VERSION),
        contact=InstanceContact(email=settings.contact_email, account=await contact(ctx, db)),
        rules=await rules(ctx),
        wrapstodon=await annual_reports.campaign(ctx),
    )


async def v1_instance(ctx: Context, db: Connection) -> V1Instance:
    """The server, in the first version of the description."""
    settings = await site.get(ctx)
    figures = await upkeep.figures(db, ctx.clock.now())
    return V1Instance(
        uri=ctx.config.local_domain,
        title=settings.title,
        short_description=settings.short_description,
        description=plain_text(settings.extended_description) or settings.short_description,
        email=settings.contact_email,
        version=VERSION,
        urls=V1InstanceUrls(streaming_api=streaming_url(ctx)),
        stats=V1InstanceStats(user_count=figures.users, status_count=figures.statuses, domain_count=figures.domains),
        thumbnail=thumbnail(ctx),
        languages=languages(ctx),
        registrations=settings.registrations != "none",
        approval_required=settings.registrations == "approved",
        invites_enabled=False,
        configuration=V1InstanceConfiguration(
            accounts=V1AccountLimits(max_featured_tags=tags.rules.MAX_FEATURED),
            statuses=STATUSES,
            media_attachments=FILES,
            polls=POLLS,
        ),
        contact_account=await contact(ctx, db),
        rules=await rules(ctx),
    )


async def contact(ctx: Context, db: Connection) -> Account | None:
    """The person to write to, when the owner named one."""
    data = await contact_data(ctx, db)
    return None if data is None else rendered(Account, data)


async def contact_data(ctx: Context, db: Connection) -> bytes | None:
    """The same, as JSON."""
    settings = await site.get(ctx)
    person = await accounts.by_handle(db, settings.contact_username, None) if settings.contact_username else None
    return None if person is None else (await render_accounts(ctx, db, [person.id]))[0].data


async def rules(ctx: Context) -> list[Rule]:
    """The rules of the house."""
    return [
        Rule(id=str(rule.id), text=rule.text, hint=rule.hint, translations={}) for rule in await site.house_rules(ctx)
    ]


def languages(ctx: Context) -> list[str]:
    """The languages of the server's own texts: the default one."""
    code = ctx.config.default_locale
    return [code if code in LANGUAGES else "en"]


def thumbnail(ctx: Context) -> str:
    """The picture of the server."""
    return f"{ctx.config.web_url}/static/thumbnail.png"


def streaming_url(ctx: Context) -> str:
    """Where streams are served, as a WebSocket URL without the path of the API."""
    scheme, _, rest = ctx.config.web_url.partition("://")
    return f"{'wss' if scheme == 'https' else 'ws'}://{rest}"

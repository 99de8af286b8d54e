"""The JSON that clients see: one file per page of the Mastodon documentation, shapes only.

Where a field holds another entity, one already rendered to bytes may stand instead (`rendered`), because
the encoder writes what it finds and does not check it against the declared type.
A field that may be absent is `T | UnsetType = UNSET`; one that may be null is `T | None`, without a default.
"""

from marula.entities.account import (
    Account,
    AccountField,
    AccountRole,
    AccountSource,
    CredentialAccount,
    MutedAccount,
    PartialAccountWithAvatar,
)
from marula.entities.account_warning import AccountWarning
from marula.entities.announcement import Announcement, AnnouncementAccount, AnnouncementReactionEvent
from marula.entities.annual_report import (
    AnnualReport,
    AnnualReportData,
    AnnualReportEvent,
    AnnualReportState,
    WrappedAnnualReports,
)
from marula.entities.appeal import Appeal
from marula.entities.application import Application, CredentialApplication
from marula.entities.async_refresh import AsyncRefresh, WrappedAsyncRefresh
from marula.entities.collection import Collection, Collections, WrappedCollection
from marula.entities.collection_item import CollectionItem, WrappedCollectionItem
from marula.entities.collection_with_accounts import CollectionWithAccounts
from marula.entities.context import Context
from marula.entities.conversation import Conversation
from marula.entities.custom_emoji import CustomEmoji
from marula.entities.domain_block import DomainBlock, DomainBlockPreview
from marula.entities.entity import Empty, Entity, rendered
from marula.entities.error import CollectionValidationError, Error, FieldFault, UnexpectedMentionsError, ValidationError
from marula.entities.extended_description import ExtendedDescription
from marula.entities.familiar_followers import FamiliarFollowers
from marula.entities.feature_approval import FeatureApproval
from marula.entities.featured_tag import FeaturedTag
from marula.entities.filter import Filter, FilterContext
from marula.entities.filter_keyword import FilterKeyword
from marula.entities.filter_result import FilterResult
from marula.entities.filter_status import FilterStatus
from marula.entities.grouped_notifications import GroupedNotificationsResults, NotificationGroup
from marula.entities.identity_proof import IdentityProof
from marula.entities.instance import (
    AccountLimits,
    ActiveUsers,
    ApiVersions,
    FeedAccess,
    Instance,
    InstanceConfiguration,
    InstanceContact,
    InstanceIcon,
    InstanceUrls,
    InstanceUsage,
    MediaLimits,
    Registrations,
    Thumbnail,
    ThumbnailVersions,
    TimelinesAccess,
    TopicFeedAccess,
    TranslationOffer,
    Vapid,
)
from marula.entities.instance_activity import InstanceActivity, InviteInfo, Language
from marula.entities.list import List
from marula.entities.marker import Marker
from marula.entities.media_attachment import MediaAttachment, MediaColors, MediaDimensions, MediaFocus, MediaMeta
from marula.entities.notification import Notification, NotificationType, UnreadCount
from marula.entities.notification_fallback import NotificationFallback
from marula.entities.notification_policy import NotificationPolicy, NotificationPolicySummary, Treatment
from marula.entities.notification_request import NotificationRequest, NotificationRequestsMerged
from marula.entities.oauth import (
    OAuthError,
    OAuthIntrospection,
    OAuthServerMetadata,
    OAuthTokenApplication,
    OAuthTokenInfo,
    OAuthUserinfo,
)
from marula.entities.oembed import OEmbed
from marula.entities.poll import Poll, PollOption
from marula.entities.preferences import Preferences
from marula.entities.preview_card import PreviewCard, TrendsLink
from marula.entities.preview_card_author import PreviewCardAuthor
from marula.entities.privacy_policy import PrivacyPolicy
from marula.entities.profile import Profile
from marula.entities.quote_approval import QuoteApproval
from marula.entities.reaction import Reaction, StatusReaction
from marula.entities.relationship import Relationship
from marula.entities.relationship_severance_event import RelationshipSeveranceEvent
from marula.entities.report import Report
from marula.entities.role import Role
from marula.entities.rule import Rule, RuleTranslation
from marula.entities.scalars import (
    ApprovalGroup,
    DateText,
    Datetime,
    Html,
    Id,
    QuotePolicy,
    Url,
    UrlOrEmpty,
    Visibility,
    date_text,
    datetime_text,
)
from marula.entities.scheduled_status import ScheduledParams, ScheduledPoll, ScheduledStatus
from marula.entities.search import Search
from marula.entities.shallow_tag import ShallowTag
from marula.entities.status import (
    MaybeQuote,
    Quote,
    QuoteState,
    ShallowQuote,
    Status,
    StatusApplication,
    StatusMention,
    StatusTag,
)
from marula.entities.status_edit import EditedPoll, EditedPollOption, StatusEdit
from marula.entities.status_source import StatusSource
from marula.entities.stream_event import StreamEvent
from marula.entities.suggestion import Suggestion
from marula.entities.tag import Tag, UsageDay
from marula.entities.terms_of_service import TermsOfService
from marula.entities.token import Token
from marula.entities.translation import Translation, TranslationAttachment, TranslationPoll, TranslationPollOption
from marula.entities.v1_filter import V1Filter
from marula.entities.v1_instance import (
    PollLimits,
    StatusLimits,
    V1AccountLimits,
    V1Instance,
    V1InstanceConfiguration,
    V1InstanceStats,
    V1InstanceUrls,
    V1MediaLimits,
)
from marula.entities.v1_notification_policy import V1NotificationPolicy
from marula.entities.web_push_subscription import PushAlerts, WebPushPayload, WebPushSubscription
from marula.entities.well_known import (
    HostMeta,
    NodeInfo,
    NodeInfoLinks,
    NodeInfoMetadata,
    NodeInfoServices,
    NodeInfoSoftware,
    NodeInfoUsage,
    NodeInfoUsers,
    WebFinger,
    WellKnownLink,
)

__all__ = [
    "Account",
    "AccountField",
    "AccountLimits",
    "AccountRole",
    "AccountSource",
    "AccountWarning",
    "ActiveUsers",
    "Announcement",
    "AnnouncementAccount",
    "AnnouncementReactionEvent",
    "AnnualReport",
    "AnnualReportData",
    "AnnualReportEvent",
    "AnnualReportState",
    "ApiVersions",
    "Appeal",
    "Application",
    "ApprovalGroup",
    "AsyncRefresh",
    "Collection",
    "CollectionItem",
    "CollectionValidationError",
    "CollectionWithAccounts",
    "Collections",
    "Context",
    "Conversation",
    "CredentialAccount",
    "CredentialApplication",
    "CustomEmoji",
    "DateText",
    "Datetime",
    "DomainBlock",
    "DomainBlockPreview",
    "EditedPoll",
    "EditedPollOption",
    "Empty",
    "Entity",
    "Error",
    "ExtendedDescription",
    "FamiliarFollowers",
    "FeatureApproval",
    "FeaturedTag",
    "FeedAccess",
    "FieldFault",
    "Filter",
    "FilterContext",
    "FilterKeyword",
    "FilterResult",
    "FilterStatus",
    "GroupedNotificationsResults",
    "HostMeta",
    "Html",
    "Id",
    "IdentityProof",
    "Instance",
    "InstanceActivity",
    "InstanceConfiguration",
    "InstanceContact",
    "InstanceIcon",
    "InstanceUrls",
    "InstanceUsage",
    "InviteInfo",
    "Language",
    "List",
    "Marker",
    "MaybeQuote",
    "MediaAttachment",
    "MediaColors",
    "MediaDimensions",
    "MediaFocus",
    "MediaLimits",
    "MediaMeta",
    "MutedAccount",
    "NodeInfo",
    "NodeInfoLinks",
    "NodeInfoMetadata",
    "NodeInfoServices",
    "NodeInfoSoftware",
    "NodeInfoUsage",
    "NodeInfoUsers",
    "Notification",
    "NotificationFallback",
    "NotificationGroup",
    "NotificationPolicy",
    "NotificationPolicySummary",
    "NotificationRequest",
    "NotificationRequestsMerged",
    "NotificationType",
    "OAuthError",
    "OAuthIntrospection",
    "OAuthServerMetadata",
    "OAuthTokenApplication",
    "OAuthTokenInfo",
    "OAuthUserinfo",
    "OEmbed",
    "PartialAccountWithAvatar",
    "Poll",
    "PollLimits",
    "PollOption",
    "Preferences",
    "PreviewCard",
    "PreviewCardAuthor",
    "PrivacyPolicy",
    "Profile",
    "PushAlerts",
    "Quote",
    "QuoteApproval",
    "QuotePolicy",
    "QuoteState",
    "Reaction",
    "Registrations",
    "Relationship",
    "RelationshipSeveranceEvent",
    "Report",
    "Role",
    "Rule",
    "RuleTranslation",
    "ScheduledParams",
    "ScheduledPoll",
    "ScheduledStatus",
    "Search",
    "ShallowQuote",
    "ShallowTag",
    "Status",
    "StatusApplication",
    "StatusEdit",
    "StatusLimits",
    "StatusMention",
    "StatusReaction",
    "StatusSource",
    "StatusTag",
    "StreamEvent",
    "Suggestion",
    "Tag",
    "TermsOfService",
    "Thumbnail",
    "ThumbnailVersions",
    "TimelinesAccess",
    "Token",
    "TopicFeedAccess",
    "Translation",
    "TranslationAttachment",
    "TranslationOffer",
    "TranslationPoll",
    "TranslationPollOption",
    "Treatment",
    "TrendsLink",
    "UnexpectedMentionsError",
    "UnreadCount",
    "Url",
    "UrlOrEmpty",
    "UsageDay",
    "V1AccountLimits",
    "V1Filter",
    "V1Instance",
    "V1InstanceConfiguration",
    "V1InstanceStats",
    "V1InstanceUrls",
    "V1MediaLimits",
    "V1NotificationPolicy",
    "ValidationError",
    "Vapid",
    "Visibility",
    "WebFinger",
    "WebPushPayload",
    "WebPushSubscription",
    "WellKnownLink",
    "WrappedAnnualReports",
    "WrappedAsyncRefresh",
    "WrappedCollection",
    "WrappedCollectionItem",
    "date_text",
    "datetime_text",
    "rendered",
]

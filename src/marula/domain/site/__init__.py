"""This server: what its owner decides while it runs, and the rules of the house.

Tables owned: site_settings, rules.
"""

from marula.domain.site.actions import add_rule, change, remove_rule, reorder_rules
from marula.domain.site.events import SiteRulesChanged, SiteSettingChanged
from marula.domain.site.reading import RULES, SETTINGS, get, house_rules, privacy_policy
from marula.domain.site.rules import described, feed_shown
from marula.domain.site.store import settings
from marula.domain.site.types import (
    BlocksShown,
    FeedAccess,
    PrivacyPolicy,
    Registrations,
    Rule,
    SiteSettings,
    TopicFeedAccess,
)

__all__ = [
    "RULES",
    "SETTINGS",
    "BlocksShown",
    "FeedAccess",
    "PrivacyPolicy",
    "Registrations",
    "Rule",
    "SiteRulesChanged",
    "SiteSettingChanged",
    "SiteSettings",
    "TopicFeedAccess",
    "add_rule",
    "change",
    "described",
    "feed_shown",
    "get",
    "house_rules",
    "privacy_policy",
    "remove_rule",
    "reorder_rules",
    "settings",
]

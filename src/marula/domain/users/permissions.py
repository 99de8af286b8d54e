"""What roles allow: one bit for each kind of work on a server, and the roles every server starts with."""

from enum import IntFlag

from msgspec import Struct

from marula.base.kernel.ids import RoleId


class Permission(IntFlag):
    """What a person with a role may do. The numbers are kept in databases and shown to clients: never change them.

    Spec: Mastodon documentation, entities/Role (permission flags)
    """

    ADMINISTRATOR = 1 << 0
    VIEW_DEVOPS = 1 << 1
    VIEW_AUDIT_LOG = 1 << 2
    VIEW_DASHBOARD = 1 << 3
    MANAGE_REPORTS = 1 << 4
    MANAGE_FEDERATION = 1 << 5
    MANAGE_SETTINGS = 1 << 6
    MANAGE_BLOCKS = 1 << 7
    MANAGE_TAXONOMIES = 1 << 8
    MANAGE_APPEALS = 1 << 9
    MANAGE_USERS = 1 << 10
    MANAGE_INVITES = 1 << 11
    MANAGE_RULES = 1 << 12
    MANAGE_ANNOUNCEMENTS = 1 << 13
    MANAGE_CUSTOM_EMOJIS = 1 << 14
    MANAGE_WEBHOOKS = 1 << 15
    INVITE_USERS = 1 << 16
    MANAGE_ROLES = 1 << 17
    MANAGE_USER_ACCESS = 1 << 18
    DELETE_USER_DATA = 1 << 19
    VIEW_FEEDS = 1 << 20
    INVITE_BYPASS_APPROVAL = 1 << 21
    MANAGE_EMAIL_SUBSCRIPTIONS = 1 << 22


NOTHING = Permission(0)
EVERYTHING = ~NOTHING
FOR_EVERYONE = Permission.INVITE_USERS | Permission.INVITE_BYPASS_APPROVAL
"""All that the role of everyone may ever be given."""


class DefaultRole(Struct, frozen=True, kw_only=True):
    """A role that exists from the first day. The higher position may act on the lower."""

    name: str
    position: int
    permissions: Permission
    color: str = ""
    highlighted: bool = False


EVERYONE_ID = RoleId(-99)
EVERYONE = DefaultRole(name="", position=-1, permissions=Permission.INVITE_USERS)
MODERATOR = DefaultRole(
    name="Moderator",
    position=10,
    permissions=Permission.VIEW_DASHBOARD
    | Permission.VIEW_AUDIT_LOG
    | Permission.VIEW_FEEDS
    | Permission.MANAGE_USERS
    | Permission.MANAGE_REPORTS
    | Permission.MANAGE_TAXONOMIES,
    highlighted=True,
)
ADMIN = DefaultRole(
    name="Admin",
    position=100,
    permissions=MODERATOR.permissions
    | Permission.MANAGE_USER_ACCESS
    | Permission.DELETE_USER_DATA
    | Permission.MANAGE_FEDERATION
    | Permission.MANAGE_SETTINGS
    | Permission.MANAGE_BLOCKS
    | Permission.MANAGE_APPEALS
    | Permission.MANAGE_RULES
    | Permission.MANAGE_INVITES
    | Permission.MANAGE_ANNOUNCEMENTS
    | Permission.MANAGE_CUSTOM_EMOJIS
    | Permission.MANAGE_WEBHOOKS
    | Permission.MANAGE_ROLES,
    highlighted=True,
)
OWNER = DefaultRole(name="Owner", position=1000, permissions=Permission.ADMINISTRATOR, highlighted=True)


def effective(own: Permission, everyone: Permission) -> Permission:
    """What somebody may do, given their own role and that of everyone; an administrator may do all.

    Spec: Mastodon documentation, entities/Role (permissions)
    """
    both = own | everyone
    return EVERYTHING if Permission.ADMINISTRATOR in both else both

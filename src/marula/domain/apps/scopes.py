"""What a program may do in somebody's name: the scopes of OAuth, which of them hold others, and each one in words."""

from collections.abc import Iterable
from functools import lru_cache

DESCRIPTIONS: dict[str, str] = {
    "profile": "See who you are: your name, picture and public profile, and nothing else",
    "read": "See everything in your account",
    "read:accounts": "See your profile and the people you look up",
    "read:blocks": "See whom you block",
    "read:bookmarks": "See your bookmarks",
    "read:collections": "See your collections of accounts",
    "read:favourites": "See the posts you like",
    "read:filters": "See your filters",
    "read:follows": "See whom you follow and who asks to follow you",
    "read:lists": "See your lists and who is in them",
    "read:mutes": "See whom you mute",
    "read:notifications": "See your notifications",
    "read:search": "Search in your name",
    "read:statuses": "See your posts and timelines",
    "write": "Change everything in your account",
    "write:accounts": "Change your profile",
    "write:blocks": "Block and unblock people and servers",
    "write:bookmarks": "Add and remove bookmarks",
    "write:collections": "Make and change collections of accounts",
    "write:conversations": "Mute conversations, mark them as read and remove them",
    "write:favourites": "Like posts, and take likes back",
    "write:filters": "Make and change filters",
    "write:follows": "Follow and unfollow people",
    "write:lists": "Make and change lists",
    "write:media": "Upload pictures, films and sounds",
    "write:mutes": "Mute and unmute people",
    "write:notifications": "Clear notifications and choose whose you get",
    "write:reports": "Report people and posts to the moderators",
    "write:statuses": "Post, edit, delete and boost as you",
    "follow": "See and change whom you follow, block and mute",
    "push": "Send your notifications to your device",
    "admin:read": "See everything that moderators of this server can see",
    "admin:read:accounts": "See private details of all accounts, as a moderator",
    "admin:read:canonical_email_blocks": "See which mailboxes may not sign up, as a moderator",
    "admin:read:domain_allows": "See which servers are allowed, as a moderator",
    "admin:read:domain_blocks": "See which servers are blocked, as a moderator",
    "admin:read:email_domain_blocks": "See which mail providers are blocked, as a moderator",
    "admin:read:ip_blocks": "See which IP addresses are blocked, as a moderator",
    "admin:read:reports": "See all reports and the posts they speak of, as a moderator",
    "admin:write": "Do everything that moderators of this server can do",
    "admin:write:accounts": "Limit, suspend and approve accounts, as a moderator",
    "admin:write:canonical_email_blocks": "Choose which mailboxes may not sign up, as a moderator",
    "admin:write:domain_allows": "Choose which servers are allowed, as a moderator",
    "admin:write:domain_blocks": "Block and unblock servers, as a moderator",
    "admin:write:email_domain_blocks": "Block and unblock mail providers, as a moderator",
    "admin:write:ip_blocks": "Block and unblock IP addresses, as a moderator",
    "admin:write:reports": "Take on, resolve and reopen reports, as a moderator",
}

ALL = frozenset(DESCRIPTIONS)
DEFAULT = frozenset({"read"})
FOLLOW = frozenset(f"{verb}:{what}" for verb in ("read", "write") for what in ("blocks", "follows", "mutes"))

HOLDS: dict[str, frozenset[str]] = {
    scope: frozenset({scope} | {other for other in ALL if other.startswith(f"{scope}:")})
    | (FOLLOW if scope == "follow" else frozenset())
    for scope in ALL
}


def parse(text: str) -> frozenset[str]:
    """The scopes in a text that separates them by spaces, known or not."""
    return frozenset(text.split())


def unknown(scopes: Iterable[str]) -> frozenset[str]:
    """Those that this server does not have."""
    return frozenset(scopes) - ALL


def ordered(scopes: Iterable[str]) -> list[str]:
    """Known scopes as they are always listed: reading before writing, moderation last."""
    given = frozenset(scopes)
    return [scope for scope in DESCRIPTIONS if scope in given]


def covers(granted: Iterable[str], wanted_any: Iterable[str]) -> bool:
    """Whether a token with the granted scopes may do what any one of the wanted scopes allows.

    True also when nothing is wanted: such a thing needs a token, and no scope.
    Spec: Mastodon documentation, api/oauth-scopes
    """
    wanted = frozenset(wanted_any)
    return not wanted or not wanted.isdisjoint(_everything_in(tuple(granted)))


def within(asked: Iterable[str], registered: Iterable[str]) -> bool:
    """Whether a program asks for no more than it was registered for.

    Spec: Mastodon documentation, methods/oauth (authorize)
    """
    return frozenset(asked) <= _everything_in(tuple(registered))


@lru_cache(maxsize=1000)
def _everything_in(scopes: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(HOLDS.get(scope, frozenset()) for scope in scopes))

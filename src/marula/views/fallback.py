"""Notifications in words, for programs that do not know their kind.

Spec: Mastodon documentation, entities/NotificationFallback; methods/notifications (supported_types)
"""

from html import escape

import msgspec

from marula.domain import notifications
from marula.domain.notifications import Notification
from marula.entities import NotificationFallback
from marula.views.fragments import encode


class Listener(msgspec.Struct, frozen=True):
    """The kinds that a program says it knows, and the language of its person."""

    known: tuple[str, ...]
    locale: str


class _Named(msgspec.Struct, frozen=True):
    username: str
    display_name: str


_named = msgspec.json.Decoder(_Named)


def in_words(told: Notification, account: bytes, listener: Listener | None) -> bytes:
    """The member to add to the JSON of a notification, with a comma before it.

    Nothing when the program knows the kind, or does not say which kinds it knows.
    Takes: `account`, who it comes from, as JSON.
    """
    if listener is None or told.kind in listener.known:
        return b""
    who = _named.decode(account)
    sentence = notifications.sentence(told.kind, own=told.from_id == told.account_id)
    title = sentence.say(listener.locale, name=who.display_name or who.username)
    return b',"fallback":' + encode(NotificationFallback(title=escape(title), summary=None, description=None))

"""A server with people who have programs, and other servers that send it things."""

from tests.faces.activitypub.inbox.conftest import bob, crowd, sending

__all__ = ["bob", "crowd", "sending"]

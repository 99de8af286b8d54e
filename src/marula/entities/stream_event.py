"""What a stream sends."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from marula.entities.entity import Entity


class StreamEvent(Entity, kw_only=True):
    """One message on a WebSocket.

    Spec: Mastodon documentation, methods/streaming (events)
    """

    stream: Annotated[list[str], Meta(description="The stream's name, then the list's id or the hashtag.")]
    event: Literal[
        "update",
        "delete",
        "notification",
        "filters_changed",
        "conversation",
        "announcement",
        "announcement.reaction",
        "announcement.delete",
        "status.update",
        "notifications_merged",
    ]
    payload: Annotated[str | UnsetType, Meta(description="JSON inside a string, or a bare id.")] = UNSET

"""Questions with answers to choose from."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.custom_emoji import CustomEmoji
from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Id


class PollOption(Entity, kw_only=True):
    """An answer.

    Spec: Mastodon documentation, entities/Poll (Option)
    """

    title: str
    votes_count: Annotated[int | None, Meta(description="null while results are hidden.")]


class Poll(Entity, kw_only=True):
    """A poll.

    Spec: Mastodon documentation, entities/Poll
    """

    id: Id
    expires_at: Annotated[Datetime | None, Meta(description="null for polls of other servers that do not end.")]
    expired: bool
    multiple: bool
    votes_count: int
    voters_count: int | None
    options: list[PollOption]
    emojis: list[CustomEmoji]
    voted: Annotated[bool | UnsetType, Meta(description="Absent without a signed-in user.")] = UNSET
    own_votes: Annotated[list[int] | UnsetType, Meta(description="Positions in options, from 0.")] = UNSET

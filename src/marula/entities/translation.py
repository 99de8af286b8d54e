"""A post in the reader's language."""

from marula.entities.entity import Entity
from marula.entities.scalars import Html, Id


class TranslationPollOption(Entity, kw_only=True):
    """A translated answer.

    Spec: Mastodon documentation, entities/Translation (Poll::Option)
    """

    title: str


class TranslationPoll(Entity, kw_only=True):
    """A translated poll.

    Spec: Mastodon documentation, entities/Translation (Poll)
    """

    id: Id
    options: list[TranslationPollOption]


class TranslationAttachment(Entity, kw_only=True):
    """The translated description of a file.

    Spec: Mastodon documentation, entities/Translation (Attachment)
    """

    id: Id
    description: str


class Translation(Entity, kw_only=True):
    """The translation of a post.

    Spec: Mastodon documentation, entities/Translation
    """

    content: Html
    spoiler_text: str
    language: str
    poll: TranslationPoll | None
    media_attachments: list[TranslationAttachment]
    detected_source_language: str
    provider: str

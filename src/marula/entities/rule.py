"""What is not allowed here."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Id


class RuleTranslation(Entity, kw_only=True):
    """A rule in another language.

    Spec: Mastodon documentation, entities/Rule (translations)
    """

    text: str
    hint: str


class Rule(Entity, kw_only=True):
    """A rule of this server.

    Spec: Mastodon documentation, entities/Rule
    """

    id: Id
    text: str
    hint: str
    translations: Annotated[dict[str, RuleTranslation], Meta(description="By language code.")]

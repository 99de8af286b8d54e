"""The terms on which this server is used."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import DateText, Html


class TermsOfService(Entity, kw_only=True):
    """One version of the terms.

    Spec: Mastodon documentation, entities/TermsOfService
    """

    effective_date: DateText
    effective: bool
    content: Html
    succeeded_by: Annotated[DateText | None, Meta(description="The day the next version takes effect.")]

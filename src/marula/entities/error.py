"""Why a request did not succeed."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.account import Account
from marula.entities.entity import Entity


class Error(Entity, kw_only=True):
    """An error in words.

    Spec: Mastodon documentation, entities/Error
    """

    error: str
    error_description: str | UnsetType = UNSET


class FieldFault(Entity, kw_only=True):
    """One thing wrong with one field.

    Spec: Mastodon documentation, methods/accounts (create)
    """

    error: Annotated[str, Meta(description="A word for programs.", examples=["ERR_BLANK", "ERR_TAKEN"])]
    description: str


class ValidationError(Entity, kw_only=True):
    """A form that was not accepted, fault by fault.

    Spec: Mastodon documentation, methods/accounts (create)
    """

    error: Annotated[str, Meta(description="Starts with Validation failed:")]
    details: Annotated[dict[str, list[FieldFault]], Meta(description="The faults by field.")]


class CollectionValidationError(Entity, kw_only=True):
    """The same for collections, which put the whole object inside error.

    Spec: Mastodon documentation, methods/collections
    """

    error: ValidationError


class UnexpectedMentionsError(Entity, kw_only=True):
    """A post that mentions more people than its writer allowed.

    Spec: Mastodon documentation, methods/statuses (allowed_mentions)
    """

    error: str
    unexpected_accounts: list[Account]

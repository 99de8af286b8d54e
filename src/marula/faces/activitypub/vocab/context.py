"""The terms that our documents use beyond ActivityStreams, and where they are defined.

The first member stands there as a text: many peers look for it and read nothing else.
"""

from datetime import UTC, datetime
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]

ACTIVITY_STREAMS = "https://www.w3.org/ns/activitystreams"
SECURITY = "https://w3id.org/security/v1"
WEBFINGER = "https://purl.archive.org/socialweb/webfinger"

TERMS: Document = {
    "_misskey_quote": "misskey:_misskey_quote",
    "atomUri": "ostatus:atomUri",
    "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
    "canQuote": {"@id": "gts:canQuote", "@type": "@id"},
    "gts": "https://gotosocial.org/ns#",
    "inReplyToAtomUri": "ostatus:inReplyToAtomUri",
    "interactingObject": {"@id": "gts:interactingObject", "@type": "@id"},
    "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
    "interactionTarget": {"@id": "gts:interactionTarget", "@type": "@id"},
    "misskey": "https://misskey-hub.net/ns#",
    "QuoteAuthorization": "https://w3id.org/fep/044f#QuoteAuthorization",
    "quote": {"@id": "https://w3id.org/fep/044f#quote", "@type": "@id"},
    "quoteAuthorization": {"@id": "https://w3id.org/fep/044f#quoteAuthorization", "@type": "@id"},
    "quoteUri": "http://fedibird.com/ns#quoteUri",
    "quoteUrl": "as:quoteUrl",
    "showFeatured": "toot:showFeatured",
    "showMedia": "toot:showMedia",
    "showRepliesInMedia": "toot:showRepliesInMedia",
    "Emoji": "toot:Emoji",
    "Hashtag": "as:Hashtag",
    "PropertyValue": "schema:PropertyValue",
    "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
    "attributionDomains": {"@id": "toot:attributionDomains", "@type": "@id"},
    "conversation": "ostatus:conversation",
    "discoverable": "toot:discoverable",
    "featured": {"@id": "toot:featured", "@type": "@id"},
    "featuredTags": {"@id": "toot:featuredTags", "@type": "@id"},
    "indexable": "toot:indexable",
    "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
    "memorial": "toot:memorial",
    "movedTo": {"@id": "as:movedTo", "@type": "@id"},
    "ostatus": "http://ostatus.org#",
    "schema": "http://schema.org#",
    "sensitive": "as:sensitive",
    "suspended": "toot:suspended",
    "toot": "http://joinmastodon.org/ns#",
    "value": "schema:value",
    "votersCount": "toot:votersCount",
}


def standing_alone(document: Document) -> Document:
    """The document with its context, as it travels."""
    return {"@context": [ACTIVITY_STREAMS, SECURITY, WEBFINGER, TERMS], **document}


def moment(at: datetime) -> str:
    """A time as it goes on the wire: UTC, seconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def exact(at: datetime) -> str:
    """The same to the millisecond, where two times within a second must not be taken for one: the times of edits."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"

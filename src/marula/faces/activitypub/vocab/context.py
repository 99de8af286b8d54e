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
    "blurhash": "toot:blurhash",
    "conversation": "ostatus:conversation",
    "discoverable": "toot:discoverable",
    "featured": {"@id": "toot:featured", "@type": "@id"},
    "featuredTags": {"@id": "toot:featuredTags", "@type": "@id"},
    "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"},
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


PROOFS: Document = {
    "DataIntegrityProof": "sec:DataIntegrityProof",
    "Multikey": "sec:Multikey",
    "assertionMethod": {"@id": "sec:assertionMethod", "@type": "@id"},
    "controller": {"@id": "sec:controller", "@type": "@id"},
    "cryptosuite": "sec:cryptosuite",
    "proof": {"@id": "sec:proof", "@type": "@id"},
    "proofPurpose": {"@id": "sec:proofPurpose", "@type": "@vocab"},
    "proofValue": "sec:proofValue",
    "publicKeyMultibase": "sec:publicKeyMultibase",
    "sec": "https://w3id.org/security#",
    "verificationMethod": {"@id": "sec:verificationMethod", "@type": "@id"},
}
"""What actors and proofs need beside that: written out, so that nobody has to fetch it. Spec: FEP-8b32, FEP-521a"""


def standing_alone(document: Document, *, proven: bool = False) -> Document:
    """The document with its context, as it travels; ready for a proof, when it is to be proven."""
    what = document.get("object")
    of_actor = "webfinger" in document or (isinstance(what, dict) and "webfinger" in what)
    terms = [WEBFINGER, TERMS | PROOFS] if of_actor else [TERMS | PROOFS if proven else TERMS]
    return {"@context": [ACTIVITY_STREAMS, SECURITY, *terms], **document}


def moment(at: datetime) -> str:
    """A time as it goes on the wire: UTC, seconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def exact(at: datetime) -> str:
    """The same to the millisecond, where two times within a second must not be taken for one: the times of edits."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"

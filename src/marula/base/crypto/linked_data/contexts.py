"""What the names in documents mean: the contexts that signed documents of the Fediverse use, held here.

They are written down by what their names are, for most mean the name itself in one vocabulary.
Spec: ActivityStreams 2.0, 2.1 (the normative context); Security Vocabulary v1; Identity Credentials 1.0
"""

from typing import Any

ACTIVITY_STREAMS = "https://www.w3.org/ns/activitystreams"
SECURITY = "https://w3id.org/security/v1"
IDENTITY = "https://w3id.org/identity/v1"
WEBFINGER = "https://purl.archive.org/socialweb/webfinger"

_TYPES = """
Accept Activity IntransitiveActivity Add Announce Application Arrive Article Audio Block Collection CollectionPage
Relationship Create Delete Dislike Document Event Follow Flag Group Ignore Image Invite Join Leave Like Link Mention
Note Object Offer OrderedCollection OrderedCollectionPage Organization Page Person Place Profile Question Reject Remove
Service TentativeAccept TentativeReject Tombstone Undo Update Video View Listen Read Move Travel IsFollowing
IsFollowedBy IsContact IsMember
"""
_LINKS = """
subject relationship actor attributedTo attachment bcc bto cc context current first generator icon image inReplyTo items
instrument last location next object oneOf anyOf origin prev preview replies result audience partOf tag target to url
href describes formerType outbox following followers streams endpoints uploadMedia proxyUrl liked
oauthAuthorizationEndpoint oauthTokenEndpoint provideClientKey signClientKey sharedInbox Public likes shares alsoKnownAs
"""
_TEXTS = "content name hreflang mediaType rel summary units preferredUsername source"
_TYPED = {
    "dateTime": "closed endTime published startTime updated deleted",
    "float": "accuracy altitude latitude longitude radius",
    "nonNegativeInteger": "height startIndex totalItems width",
    "duration": "duration",
}

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NAMES = {"id": "@id", "type": "@type", "xsd": _XSD}


def _mean_themselves(vocabulary: str, names: str) -> dict[str, Any]:
    return {name: f"{vocabulary}:{name}" for name in names.split()}


def _lead(vocabulary: str, names: str) -> dict[str, Any]:
    return {name: {"@id": f"{vocabulary}:{name}", "@type": "@id"} for name in names.split()}


def _activity_streams() -> dict[str, Any]:
    known: dict[str, Any] = {
        **_NAMES,
        "@vocab": "_:",
        "as": f"{ACTIVITY_STREAMS}#",
        "ldp": "http://www.w3.org/ns/ldp#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "orderedItems": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "inbox": {"@id": "ldp:inbox", "@type": "@id"},
    }
    known |= _mean_themselves("as", f"{_TYPES} {_TEXTS}") | _lead("as", _LINKS)
    for kind, names in _TYPED.items():
        known |= {name: {"@id": f"as:{name}", "@type": f"xsd:{kind}"} for name in names.split()}
    for name in ("content", "name", "summary"):
        known[f"{name}Map"] = {"@id": f"as:{name}", "@container": "@language"}
    return known


_SIGNING: dict[str, Any] = {
    **_NAMES,
    "dc": "http://purl.org/dc/terms/",
    "sec": "https://w3id.org/security#",
    "created": {"@id": "dc:created", "@type": "xsd:dateTime"},
    "creator": {"@id": "dc:creator", "@type": "@id"},
    "expires": {"@id": "sec:expiration", "@type": "xsd:dateTime"},
    "revoked": {"@id": "sec:revoked", "@type": "xsd:dateTime"},
    "CryptographicKey": "sec:Key",
    **_lead("sec", "owner privateKey publicKey publicKeyService"),
    **_mean_themselves(
        "sec",
        "EncryptedMessage GraphSignature2012 LinkedDataSignature2015 cipherAlgorithm cipherData cipherKey "
        "digestAlgorithm digestValue domain initializationVector nonce normalizationAlgorithm password privateKeyPem "
        "publicKeyPem signature signatureAlgorithm signatureValue",
    ),
}

_SECURITY: dict[str, Any] = {
    **_SIGNING,
    "expiration": {"@id": "sec:expiration", "@type": "xsd:dateTime"},
    "signatureAlgorithm": "sec:signingAlgorithm",
    **_mean_themselves(
        "sec",
        "EcdsaKoblitzSignature2016 Ed25519Signature2018 LinkedDataSignature2016 authenticationTag "
        "canonicalizationAlgorithm encryptionKey iterationCount publicKeyBase58 publicKeyWif salt",
    ),
}

_IDENTITY: dict[str, Any] = {
    **_SIGNING,
    "cred": "https://w3id.org/credentials#",
    "identity": "https://w3id.org/identity#",
    "perm": "https://w3id.org/permissions#",
    "ps": "https://w3id.org/payswarm#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "Group": f"{ACTIVITY_STREAMS}#Group",
    "issued": {"@id": "cred:issued", "@type": "xsd:dateTime"},
    "idp": {"@id": "identity:idp", "@type": "@id"},
    "Identity": "identity:Identity",
    "identityService": {"@id": "identity:identityService", "@type": "@id"},
    "paymentProcessor": "ps:processor",
    "preferences": {"@id": "ps:preferences", "@type": "@vocab"},
    "comment": "rdfs:comment",
    "label": "rdfs:label",
    "title": "dc:title",
    **_lead("cred", "claim credential issuer recipient"),
    **_mean_themselves("cred", "Credential CryptographicKeyCredential"),
    **_lead("schema", "about address image member memberOf url"),
    **_mean_themselves(
        "schema",
        "addressCountry addressLocality addressRegion description email familyName givenName name postalCode "
        "streetAddress Person PostalAddress Organization",
    ),
    **_lead("perm", "accessControl writePermission"),
}

_WEBFINGER = {**_NAMES, "wf": f"{WEBFINGER}#", "webfinger": {"@id": "wf:webfinger", "@type": "xsd:string"}}

CONTEXTS = {
    ACTIVITY_STREAMS: _activity_streams(),
    SECURITY: _SECURITY,
    IDENTITY: _IDENTITY,
    WEBFINGER: _WEBFINGER,
}
"""The contexts that are known, by their address."""

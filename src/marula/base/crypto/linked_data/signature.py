"""RsaSignature2017, made and verified."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from marula.base.crypto.keys import PrivateKey, PublicKey, proves, signed
from marula.base.crypto.linked_data import graphs
from marula.base.crypto.linked_data.contexts import IDENTITY, SECURITY

LIFE = timedelta(days=2)
"""How long what we sign counts. Longer than deliveries are tried again."""

KIND = "RsaSignature2017"


def sign(document: Mapping[str, Any], key_id: str, key: PrivateKey, now: datetime) -> dict[str, Any]:
    """The document with the signature of the key's holder. Costs: some milliseconds of computing.

    Raises: ValueError when its context is not known here.
    """
    context = document.get("@context")
    contexts = context if isinstance(context, list) else [context]
    whole = contexts if SECURITY in contexts else [*contexts, SECURITY]
    bare = {name: value for name, value in document.items() if name != "signature"} | {"@context": whole}
    options = {"creator": key_id, "created": _moment(now), "expires": _moment(now + LIFE)}
    value = base64.b64encode(signed(key, _hashed(bare, options))).decode()
    return bare | {"signature": {"type": KIND, **options, "signatureValue": value}}


def creator(document: Mapping[str, Any]) -> str | None:
    """The id of the key that is said to have signed the document; None where no signature of this kind is."""
    given = document.get("signature")
    if not isinstance(given, dict) or given.get("type") != KIND:
        return None
    found = given.get("creator")
    return found if isinstance(found, str) else None


def verified(document: Mapping[str, Any], key: PublicKey, now: datetime, context: list[Any]) -> dict[str, Any] | None:
    """What the key's holder said, written anew with the names of `context`; None when the key did not sign this.

    Documents whose context is not known here, or whose meaning takes too long to find, are signed by nobody.
    """
    if creator(document) is None:
        return None
    given: dict[str, Any] = document["signature"]
    options = {name: value for name, value in given.items() if name not in ("type", "id", "@id", "signatureValue")}
    bare = {name: value for name, value in document.items() if name != "signature"}
    signature = _decoded(given.get("signatureValue"))
    if signature is None or _over(options.get("expires"), now):
        return None
    try:
        if not proves(key, signature, _hashed(bare, options)):
            return None
        return graphs.written(bare, context)
    except graphs.Unclear:
        return None


def _hashed(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    parts = (dict(options) | {"@context": IDENTITY}, dict(document))
    return "".join(hashlib.sha256(graphs.canonical(part)).hexdigest() for part in parts).encode()


def _decoded(value: Any) -> bytes | None:
    try:
        return base64.b64decode(value, validate=False) if isinstance(value, str) else None
    except (binascii.Error, ValueError):
        return None


def _over(expires: Any, now: datetime) -> bool:
    """Whether the signature counts no longer. One that cannot be read counts for nothing."""
    if expires is None:
        return False
    try:
        moment = datetime.fromisoformat(expires)
    except (TypeError, ValueError):
        return True
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) <= now


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"

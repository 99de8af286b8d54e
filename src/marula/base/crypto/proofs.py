"""Documents that prove by themselves who made them, so that anybody may pass them on.

Spec: FEP-8b32; Data Integrity EdDSA Cryptosuites 1.0, 3.3 (eddsa-jcs-2022); RFC 8785 (canonical JSON)
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric import ed25519

from marula.base.crypto.keys import PublicKey, proves
from marula.base.crypto.multikeys import decoded, encoded

SUITE = "eddsa-jcs-2022"
CONTEXT = "https://w3id.org/security/data-integrity/v2"


def prove(document: Mapping[str, Any], key_id: str, key: ed25519.Ed25519PrivateKey, now: datetime) -> dict[str, Any]:
    """The document with a proof of the key's holder."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "verificationMethod": key_id,
        "proofPurpose": "assertionMethod",
        "created": f"{now:%Y-%m-%dT%H:%M:%SZ}",
    }
    if "@context" in bare:
        options["@context"] = bare["@context"]
    return bare | {"proof": options | {"proofValue": encoded(key.sign(_hashed(bare, options)))}}


def prover(document: Mapping[str, Any]) -> str | None:
    """The id of the key that is said to have made the proof; None where there is none of the kind that is read here."""
    proof = document.get("proof")
    if not isinstance(proof, dict) or (proof.get("type"), proof.get("cryptosuite")) != ("DataIntegrityProof", SUITE):
        return None
    method = proof.get("verificationMethod")
    return method if isinstance(method, str) and proof.get("proofPurpose") == "assertionMethod" else None


def proven(document: Mapping[str, Any], key: PublicKey) -> dict[str, Any] | None:
    """What the key's holder said, without the proof; None when the key did not make it, or not of this."""
    if prover(document) is None or not isinstance(key, ed25519.Ed25519PublicKey):
        return None
    proof: dict[str, Any] = document["proof"]
    bare = {name: value for name, value in document.items() if name not in ("proof", "signature")}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    value = proof.get("proofValue")
    signature = decoded(value) if isinstance(value, str) else None
    if signature is None:
        return None
    if "@context" in options:
        if not _begins(bare.get("@context"), options["@context"]):
            return None
        bare["@context"] = options["@context"]
    try:
        text = _hashed(bare, options)
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeEncodeError):
        return None
    return bare if proves(key, signature, text) else None


def _begins(whole: Any, part: Any) -> bool:
    """Whether a context begins with another one. Spec: Data Integrity EdDSA Cryptosuites 1.0, 3.3.2"""
    contexts, first = (value if isinstance(value, list) else [value] for value in (whole, part))
    return contexts[: len(first)] == first


def _hashed(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    return b"".join(hashlib.sha256(rfc8785.dumps(dict(part))).digest() for part in (options, document))

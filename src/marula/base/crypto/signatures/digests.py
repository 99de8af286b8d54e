"""Digests of bodies in headers.

Spec: RFC 3230 and draft-cavage 4.3 (Digest); RFC 9530 (Content-Digest)
"""

import base64
import binascii
import hashlib
import re

from marula.base.crypto.signatures.message import Malformed, Unacceptable
from marula.base.crypto.tokens import same

_MEMBER = re.compile(r"\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):\s*")


def digest(body: bytes) -> str:
    """The value of `Digest`."""
    return f"SHA-256={_sha256(body)}"


def content_digest(body: bytes) -> str:
    """The value of `Content-Digest`."""
    return f"sha-256=:{_sha256(body)}:"


def check_digest(value: str, body: bytes) -> None:
    """Compare `Digest` with the body. Raises: Malformed without SHA-256, Unacceptable for another body."""
    for member in value.split(","):
        algorithm, _, given = member.strip().partition("=")
        if algorithm.lower() == "sha-256":
            _compare(given, body)
            return
    raise Malformed("Digest has no SHA-256")


def check_content_digest(value: str, body: bytes) -> None:
    """Compare `Content-Digest` with the body. Raises: Malformed, Unacceptable."""
    members: dict[str, str] = {}
    for member in value.split(","):
        found = _MEMBER.fullmatch(member)
        if found is None:
            raise Malformed("Content-Digest is no dictionary")  # spec: rfc8941 3.2
        members[found[1]] = found[2]
    if "sha-256" not in members:
        raise Malformed("Content-Digest has no sha-256")
    _compare(members["sha-256"], body)


def _compare(given: str, body: bytes) -> None:
    try:
        known = base64.b64decode(given, validate=True)
    except binascii.Error as error:
        raise Malformed("the digest is no base64") from error
    if not same(known, hashlib.sha256(body).digest()):
        raise Unacceptable("the digest is that of another body")


def _sha256(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()

"""Short texts that only this server can read again, kept encrypted in the database.

Spec: NIST SP 800-38D (AES-GCM), RFC 5869 (HKDF)
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


def seal(secret: str, purpose: str, content: str, *, bound_to: str) -> bytes:
    """The text, encrypted for one purpose. It opens only beside what it is bound to, such as the id of its row."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(secret, purpose).encrypt(nonce, content.encode(), bound_to.encode())


def unseal(secret: str, purpose: str, sealed: bytes, *, bound_to: str) -> str | None:
    """The text again; None when it was sealed with another secret, for something else, or was changed."""
    try:
        return _cipher(secret, purpose).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode()).decode()
    except (InvalidTag, ValueError):
        return None


def _cipher(secret: str, purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode()))

"""How a program reads pushes: written from the specifications alone, apart from what is tested with it.

Spec: RFC 8291, 3 and 4; draft-ietf-webpush-encryption-04, 3 and 4
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def read_standard(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """What one record of aes128gcm says."""
    salt, size, sender = body[:16], int.from_bytes(body[16:20]), body[21 : 21 + body[20]]
    record = body[21 + body[20] :]
    assert len(record) <= size
    shared = _hkdf(auth, _agreed(key, sender), b"WebPush: info\0" + point(key) + sender, 32)
    cipher = AESGCM(_hkdf(salt, shared, b"Content-Encoding: aes128gcm\0", 16))
    text, mark, padding = cipher.decrypt(
        _hkdf(salt, shared, b"Content-Encoding: nonce\0", 12), record, None
    ).rpartition(b"\x02")
    assert (mark, padding.strip(b"\0")) == (b"\x02", b"")
    return text


def read_before(body: bytes, headers: Mapping[str, str], key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """What one record of aesgcm says. The headers by names in lower case."""
    salt = octets(_parts(headers["encryption"])["salt"])
    sender = octets(_parts(headers["crypto-key"])["dh"])
    shared = _hkdf(auth, _agreed(key, sender), b"Content-Encoding: auth\0", 32)
    context = b"P-256\0" + b"\0\x41" + point(key) + b"\0\x41" + sender
    cipher = AESGCM(_hkdf(salt, shared, b"Content-Encoding: aesgcm\0" + context, 16))
    text = cipher.decrypt(_hkdf(salt, shared, b"Content-Encoding: nonce\0" + context, 12), body, None)
    return text[2 + int.from_bytes(text[:2]) :]


def _agreed(key: ec.EllipticCurvePrivateKey, sender: bytes) -> bytes:
    return key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))


def _hkdf(salt: bytes, key: bytes, info: bytes, size: int) -> bytes:
    """Of one block, which is enough here. Spec: RFC 5869, 2"""
    return hmac.digest(hmac.digest(salt, key, hashlib.sha256), info + b"\x01", hashlib.sha256)[:size]


def _parts(header: str) -> dict[str, str]:
    return dict(part.strip().split("=", 1) for part in header.split(";"))

"""Messages that a push service carries and cannot read, and the proof of who sends them.

Spec: RFC 8291 (encryption) and RFC 8188 (aes128gcm); draft-ietf-webpush-encryption-04 and
draft-ietf-httpbis-encryption-encoding-03 (aesgcm), which older programs still expect; RFC 8292 (VAPID)
"""

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from marula.base.kernel import vapid

AUTH_SIZE = 16
RECORD_SIZE = 4096
PROOF_LIFETIME = timedelta(hours=12)
"""How long a proof counts. Up to a day is allowed; half leaves room for clocks that are wrong."""


class Receiver(msgspec.Struct, frozen=True):
    """Who can read a message: the public key of their program (65 octets) and the secret shared with it (16)."""

    p256dh: bytes
    auth: bytes


class Sealed(msgspec.Struct, frozen=True):
    """A message ready to be sent."""

    body: bytes
    headers: Mapping[str, str]


def receiver(p256dh: str, auth: str) -> Receiver:
    """The keys that a program sent as base64. Raises ValueError when nothing could be encrypted for them."""
    found = Receiver(vapid.octets(p256dh), vapid.octets(auth))
    if len(found.auth) != AUTH_SIZE:
        raise ValueError("auth is not 16 bytes")
    ec.EllipticCurvePublicKey.from_encoded_point(vapid.CURVE, found.p256dh)
    return found if len(found.p256dh) == 65 else Receiver(_uncompressed(found.p256dh), found.auth)


def encrypted(content: bytes, to: Receiver) -> Sealed:
    """A message for one program, in one record. Spec: RFC 8291, 3 and 4"""
    ours, salt = ec.generate_private_key(vapid.CURVE), os.urandom(16)
    sender = vapid.public_octets(ours.public_key())
    key = _derived(to.auth, _agreed(ours, to), b"WebPush: info\0" + to.p256dh + sender, 32)
    cipher = AESGCM(_derived(salt, key, b"Content-Encoding: aes128gcm\0", 16))
    nonce = _derived(salt, key, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD_SIZE.to_bytes(4) + bytes([len(sender)]) + sender
    return Sealed(head + cipher.encrypt(nonce, content + b"\x02", None), {"Content-Encoding": "aes128gcm"})


def encrypted_as_before(content: bytes, to: Receiver) -> Sealed:
    """The same in the encoding of the draft. Spec: draft-ietf-webpush-encryption-04, 3 and 4"""
    ours, salt = ec.generate_private_key(vapid.CURVE), os.urandom(16)
    sender = vapid.public_octets(ours.public_key())
    key = _derived(to.auth, _agreed(ours, to), b"Content-Encoding: auth\0", 32)
    context = b"\0P-256\0" + b"".join(len(point).to_bytes(2) + point for point in (to.p256dh, sender))
    cipher = AESGCM(_derived(salt, key, b"Content-Encoding: aesgcm" + context, 16))
    nonce = _derived(salt, key, b"Content-Encoding: nonce" + context, 12)
    headers = {
        "Content-Encoding": "aesgcm",
        "Encryption": f"salt={vapid.text_of(salt)}",
        "Crypto-Key": f"dh={vapid.text_of(sender)}",
    }
    return Sealed(cipher.encrypt(nonce, b"\0\0" + content, None), headers)


def proved(sealed: Sealed, endpoint: str, private: str, *, subject: str, now: datetime) -> Mapping[str, str]:
    """The headers of a message with the proof of who sends it. `subject`: where the operator can be reached.

    Spec: RFC 8292, 2 and 3; draft-ietf-webpush-vapid-01, 3, for the encoding of before
    """
    token, public = _proof(endpoint, private, subject, now), vapid.public_text(private)
    headers = dict(sealed.headers)
    if "Crypto-Key" not in headers:
        return headers | {"Authorization": f"vapid t={token}, k={public}"}
    headers["Crypto-Key"] += f";p256ecdsa={public}"
    return headers | {"Authorization": f"WebPush {token}"}


def _proof(endpoint: str, private: str, subject: str, now: datetime) -> str:
    """A JSON Web Token for the push service of an endpoint. Spec: RFC 7515, 3.1; RFC 7518, 3.4"""
    claims = {
        "aud": _origin(endpoint),
        "exp": int((now + PROOF_LIFETIME).timestamp()),
        "sub": subject,
    }
    head = ".".join(vapid.text_of(msgspec.json.encode(part)) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    signature = vapid.private_key(private).sign(head.encode(), ec.ECDSA(SHA256()))
    r, s = decode_dss_signature(signature)
    return f"{head}.{vapid.text_of(r.to_bytes(32) + s.to_bytes(32))}"


def _origin(url: str) -> str:
    """The scheme, host and port of an address, in the one way to write them. Spec: RFC 6454, 6.2"""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, 443) else "")


def _agreed(ours: ec.EllipticCurvePrivateKey, to: Receiver) -> bytes:
    return ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(vapid.CURVE, to.p256dh))


def _derived(salt: bytes, key: bytes, info: bytes, size: int) -> bytes:
    return HKDF(SHA256(), size, salt=salt, info=info).derive(key)


def _uncompressed(point: bytes) -> bytes:
    return vapid.public_octets(ec.EllipticCurvePublicKey.from_encoded_point(vapid.CURVE, point))

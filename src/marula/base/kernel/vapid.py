"""The keys with which this server proves to push services that it is always the same one, as text.

Spec: RFC 8292, 3 (P-256 keys); FIPS 186-4, D.1.2.3 (the curve); SEC 1, 2.3.3 (points as octets)
"""

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
SIZE = 32


def octets(text: str) -> bytes:
    """What a base64 text says, of either alphabet, padded or not. Raises ValueError."""
    plain = text.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("is not base64") from error


def text_of(data: bytes) -> str:
    """Octets as base64url without padding. Spec: RFC 7515, 2"""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def new_private_key() -> str:
    """A new private key: 32 octets, as base64url."""
    return text_of(ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(SIZE))


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """A private key as `new_private_key` writes it. Raises ValueError."""
    data = octets(text)
    if len(data) != SIZE:
        raise ValueError("is not 32 bytes")
    return ec.derive_private_key(int.from_bytes(data), CURVE)


def public_octets(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as the 65 octets of its point, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_text(private: str) -> str:
    """The public key that belongs to a private one, as clients and push services are told."""
    return text_of(public_octets(private_key(private).public_key()))

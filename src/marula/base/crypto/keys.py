"""Key pairs of actors, which sign what they send. Spec: RFC 8017 (RSA), RFC 7468 (PEM)"""

import asyncio

import msgspec
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


class KeyPair(msgspec.Struct, frozen=True):
    """A private and a public key as PEM (PKCS #8 and SubjectPublicKeyInfo). The private one is not shown in logs."""

    private: str
    public: str

    def __repr__(self) -> str:
        return f"KeyPair(public={self.public!r})"


async def new_key_pair() -> KeyPair:
    """A new RSA key pair of 2048 bits; computed in a thread, 10 to 300 ms."""
    return await asyncio.to_thread(_generate)


def _generate() -> KeyPair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return KeyPair(private.decode(), public.decode())

"""Key pairs of actors, which sign what they send. Spec: RFC 8017 (RSA), RFC 8032 (Ed25519), RFC 7468 (PEM)"""

import asyncio
from typing import TypeAlias

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

PublicKey: TypeAlias = rsa.RSAPublicKey | ed25519.Ed25519PublicKey
PrivateKey: TypeAlias = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

SHORTEST, LONGEST = 1024, 8192
"""Bits of the RSA keys of others that are taken."""


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


def new_proof_key() -> str:
    """A new Ed25519 key as PEM (PKCS #8)."""
    key = ed25519.Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_key(pem: str) -> PublicKey | None:
    """A public key as others publish it; None when it is none, or none that is taken here."""
    try:
        key = load_pem_public_key(pem.strip().encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(key, rsa.RSAPublicKey):
        return key if SHORTEST <= key.key_size <= LONGEST else None
    return key if isinstance(key, ed25519.Ed25519PublicKey) else None


def pem_of(key: PublicKey) -> str:
    """A public key as PEM (SubjectPublicKeyInfo)."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def private_key(pem: str) -> PrivateKey:
    """A private key of our own. It is trusted to be sound: checking it would take 48 ms. Raises ValueError."""
    key = load_pem_private_key(pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    if isinstance(key, rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey):
        return key
    raise ValueError("a private key of another kind")


def signed(key: PrivateKey, text: bytes) -> bytes:
    """The signature of a text: RSASSA-PKCS1-v1_5 with SHA-256, or Ed25519."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(text)
    return key.sign(text, padding.PKCS1v15(), SHA256())


def proves(key: PublicKey, signature: bytes, text: bytes, algorithm: str | None = None) -> bool:
    """Whether the key made the signature of the text. The key says how, but for RSA-PSS, which `algorithm` names.

    Spec: RFC 9421, 3.3
    """
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, text)
        elif algorithm == "rsa-pss-sha512":
            key.verify(signature, text, padding.PSS(padding.MGF1(SHA512()), 64), SHA512())
        else:
            key.verify(signature, text, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True

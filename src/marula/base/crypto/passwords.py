"""Password hashes: argon2id for new ones; bcrypt, as Mastodon keeps them, is verified and then replaced.

Spec: RFC 9106 (argon2id); limits.json, auth.password_max for the 72 bytes that bcrypt reads
"""

import asyncio

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

BCRYPT_LIMIT = 72
"""Bytes that bcrypt looks at."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_BCRYPT = ("$2a$", "$2b$", "$2y$")


async def hash_password(password: str) -> str:
    """The argon2id hash of a password (19 MiB, two passes); computed in a thread, 30 ms."""
    return await asyncio.to_thread(_hasher.hash, _bytes(password))


async def verify_password(password: str, known: str | None) -> bool:
    """Whether the password belongs to the hash. With None, of an unknown person, it takes as long and says no."""
    return await asyncio.to_thread(_verify, _bytes(password), known)


def needs_rehash(known: str) -> bool:
    """Whether a hash is of an older kind than new ones are."""
    return not known.startswith("$argon2id$") or _hasher.check_needs_rehash(known)


def _verify(password: bytes, known: str | None) -> bool:
    if known is None:
        _hasher.hash(password)
        return False
    try:
        if known.startswith(_BCRYPT):
            return bcrypt.checkpw(password[:BCRYPT_LIMIT], known.encode())
        return _hasher.verify(known, password)
    except (VerificationError, InvalidHashError, ValueError):
        return False


def _bytes(password: str) -> bytes:
    """Bytes of any text; half a surrogate pair, which no keyboard makes, gets bytes of its own."""
    return password.encode(errors="surrogatepass")

"""Password hashes: argon2id for new ones; bcrypt, as Mastodon keeps them, is verified and then replaced."""

import asyncio

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _hasher.hash("the password of nobody")

BCRYPT_LIMIT = 72
"""Bytes that bcrypt looks at."""


async def hash_password(password: str) -> str:
    """The argon2id hash of a password (19 MiB, two passes); computed in a thread, 30 ms."""
    return await asyncio.to_thread(_hasher.hash, password)


async def verify_password(password: str, known: str | None) -> bool:
    """Whether the password belongs to the hash. With None, of an unknown person, it takes as long and says no."""
    return await asyncio.to_thread(_verify, password, known)


def needs_rehash(known: str) -> bool:
    """Whether a hash is of an older kind than new ones are."""
    return not known.startswith("$argon2id$") or _hasher.check_needs_rehash(known)


def _verify(password: str, known: str | None) -> bool:
    if known is not None and known.startswith("$2"):
        return bcrypt.checkpw(password.encode()[:BCRYPT_LIMIT], known.encode())
    try:
        return _hasher.verify(known or _NOBODY, password) and known is not None
    except (VerificationError, InvalidHashError):
        return False

"""Password hashes."""

import bcrypt
import pytest

from marula.base.crypto.passwords import hash_password, needs_rehash, verify_password


async def test_a_password_fits_its_own_hash_only() -> None:
    known = await hash_password("correct horse")
    assert known.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await verify_password("correct horse", known)
    assert not await verify_password("wrong horse", known)
    assert not needs_rehash(known)


async def test_nobody_has_no_password() -> None:
    assert not await verify_password("the password of nobody", None)


async def test_a_bcrypt_hash_is_verified_and_is_to_be_replaced() -> None:
    known = bcrypt.hashpw(b"correct horse", bcrypt.gensalt(4)).decode()
    assert await verify_password("correct horse", known)
    assert not await verify_password("wrong horse", known)
    assert needs_rehash(known)


@pytest.mark.parametrize("kind", ["$2a$", "$2b$", "$2y$"])
async def test_all_kinds_of_bcrypt_are_known_and_read_72_bytes(kind: str) -> None:
    known = kind + bcrypt.hashpw(b"a" * 72, bcrypt.gensalt(4)).decode()[4:]
    assert await verify_password("a" * 72 + "what comes after does not count", known)
    assert not await verify_password("a" * 71, known)


@pytest.mark.parametrize("known", ["", "not a hash", "$2b$broken", "$argon2id$broken"])
async def test_a_broken_hash_fits_nothing(known: str) -> None:
    assert not await verify_password("x", known)


@pytest.mark.parametrize("password", ["", "\x00", "\ud800", "пароль", "long" * 10_000])
async def test_any_text_can_be_a_password(password: str) -> None:
    known = await hash_password(password)
    assert await verify_password(password, known)
    assert not await verify_password(password + "x", known)

"""Password hashes."""

import bcrypt

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


async def test_a_broken_hash_fits_nothing() -> None:
    assert not await verify_password("x", "not a hash")

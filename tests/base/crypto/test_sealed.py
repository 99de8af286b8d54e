"""Texts that only this server can read again."""

import pytest

from marula.base.crypto.sealed import seal, unseal


def test_a_sealed_text_is_read_again() -> None:
    sealed = seal("secret", "purpose", "wörds", bound_to="1")
    assert "wörds".encode() not in sealed
    assert unseal("secret", "purpose", sealed, bound_to="1") == "wörds"
    assert seal("secret", "purpose", "wörds", bound_to="1") != sealed


@pytest.mark.parametrize(("secret", "purpose", "bound_to"), [("other", "p", "1"), ("s", "other", "1"), ("s", "p", "2")])
def test_it_opens_nowhere_else(secret: str, purpose: str, bound_to: str) -> None:
    assert unseal(secret, purpose, seal("s", "p", "words", bound_to="1"), bound_to=bound_to) is None


def test_a_changed_text_does_not_open() -> None:
    sealed = bytearray(seal("s", "p", "words", bound_to="1"))
    sealed[-1] ^= 1
    assert unseal("s", "p", bytes(sealed), bound_to="1") is None
    assert unseal("s", "p", b"short", bound_to="1") is None

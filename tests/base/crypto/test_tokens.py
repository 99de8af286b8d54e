"""Tokens, digests and signed texts."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marula.base.crypto import tokens

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_two_tokens_differ_and_are_long() -> None:
    one, other = tokens.new_token(), tokens.new_token()
    assert one != other
    assert len(one) == 43


def test_a_signed_text_says_what_was_signed() -> None:
    token = tokens.sign("secret", "confirm", "user 7", now=NOW, lifetime=HOUR)
    assert tokens.unsign("secret", "confirm", token, now=NOW) == "user 7"


def test_a_signed_text_ends() -> None:
    token = tokens.sign("secret", "confirm", "user 7", now=NOW, lifetime=HOUR)
    assert tokens.unsign("secret", "confirm", token, now=NOW + HOUR) is None


def test_a_signed_text_serves_one_purpose_and_one_secret() -> None:
    token = tokens.sign("secret", "confirm", "user 7", now=NOW, lifetime=HOUR)
    assert tokens.unsign("secret", "owner", token, now=NOW) is None
    assert tokens.unsign("other", "confirm", token, now=NOW) is None


def test_garbage_is_no_signed_text() -> None:
    for garbage in ("", ".", "a.b", "ä.ö", "x" * 1000, "e30.e30"):
        assert tokens.unsign("secret", "confirm", garbage, now=NOW) is None


@settings(deadline=None)
@given(st.text())
def test_any_text_is_digested_compared_and_refused(text: str) -> None:
    broken = text + "\ud800"
    assert len(tokens.digest(broken)) == 32
    assert tokens.same(broken, broken)
    assert not tokens.same(broken, text)
    assert tokens.unsign("secret", "confirm", broken, now=NOW) is None


@settings(deadline=None)
@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_signed_text_is_refused(place: int, change: int) -> None:
    token = tokens.sign("secret", "confirm", "user 7", now=NOW, lifetime=HOUR)
    at = place % token.index(".")
    forged = token[:at] + chr(ord(token[at]) ^ change) + token[at + 1 :]
    assert tokens.unsign("secret", "confirm", forged, now=NOW) is None


def test_a_code_has_the_asked_number_of_digits() -> None:
    assert all(len(tokens.new_code(4)) == 4 and tokens.new_code(4).isdigit() for _ in range(200))


def test_the_challenge_of_rfc_7636_matches_its_verifier() -> None:
    verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert tokens.challenge_matches(verifier, challenge)
    assert not tokens.challenge_matches(verifier + "x", challenge)


def test_a_verifier_must_be_well_formed() -> None:
    assert not tokens.challenge_matches("", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")
    assert not tokens.challenge_matches("\ud800" * 43, "x")


def test_a_token_is_never_taken_for_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["-first", "second"])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _: next(drawn))  # pyright: ignore[reportUnknownLambdaType]
    assert tokens.new_token() == "second"

"""Tokens, digests and signed texts."""

from datetime import UTC, datetime, timedelta

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


def test_the_challenge_of_rfc_7636_matches_its_verifier() -> None:
    verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert tokens.challenge_matches(verifier, challenge)
    assert not tokens.challenge_matches(verifier + "x", challenge)

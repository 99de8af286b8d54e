"""Random tokens, their digests, and short signed texts.

A token is shown once and kept only as its SHA-256: whoever reads the database cannot sign in with what is there.
"""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

import msgspec

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def new_token() -> str:
    """A secret of 256 bits, 43 characters, safe in URLs, and as a word of a command: it does not begin with a dash."""
    while (token := secrets.token_urlsafe(32)).startswith("-"):
        pass
    return token


def new_code(digits: int = 6) -> str:
    """A short number to type by hand. It can be guessed: whoever takes it limits time and attempts."""
    return f"{secrets.randbelow(10**digits):0{digits}d}"


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(_bytes(token)).digest()


def same(one: str | bytes, other: str | bytes) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(_bytes(one), _bytes(other))


def challenge_matches(verifier: str, challenge: str) -> bool:
    """Whether a PKCE verifier is well-formed and belongs to an S256 challenge. Spec: RFC 7636, 4.1 and 4.6"""
    return _VERIFIER.fullmatch(verifier) is not None and same(_text(digest(verifier)), challenge)


def derived(secret: str, purpose: str, token: str) -> str:
    """Another token that follows from one and cannot be made without the secret; it does not lead back to the one."""
    return _mac(secret, f"{purpose} {token}")


class _Signed(msgspec.Struct, array_like=True, frozen=True):
    purpose: str
    content: str
    expires: int


def sign(secret: str, purpose: str, content: str, *, now: datetime, lifetime: timedelta) -> str:
    """A text that says `content` for one purpose and a limited time, and cannot be made without the secret.

    It can be read by whoever holds it, and used until it ends: what may happen once only is for the caller to see to.
    """
    head = _text(msgspec.json.encode(_Signed(purpose, content, int((now + lifetime).timestamp()))))
    return f"{head}.{_mac(secret, head)}"


def unsign(secret: str, purpose: str, token: str, *, now: datetime) -> str | None:
    """The content of a signed text, or None when it is forged, of another purpose or too old."""
    head, _, tail = token.partition(".")
    if not same(tail, _mac(secret, head)):
        return None
    signed = msgspec.json.decode(_raw(head), type=_Signed)
    fits = signed.purpose == purpose and signed.expires > now.timestamp()
    return signed.content if fits else None


def _mac(secret: str, head: str) -> str:
    return _text(hmac.digest(secret.encode(), _bytes(head), "sha256"))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def _bytes(value: str | bytes) -> bytes:
    """Bytes of any text, also of a broken one that a request carried, so that it is compared and refused."""
    return value.encode(errors="surrogatepass") if isinstance(value, str) else value

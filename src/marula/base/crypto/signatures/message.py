"""A message as signatures see it, and what one claims."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import msgspec

from marula.base.crypto.keys import PublicKey, proves


class Malformed(ValueError):
    """A header of the signature or the digest cannot be read."""


class Unacceptable(ValueError):
    """The signature can be read and must not be trusted: too old, covers too little, or another body."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A request.

    Takes: `url` as the client sees it, with scheme, host and query; `headers` by names in lower case, those sent
    several times joined by ", "; `body` None when there is none.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None

    @property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.url).path or "/"

    @property
    def target(self) -> str:
        """The path with the query."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """That the holder of a key signed one of these texts. Several, where the peers disagree how it is written."""

    key_id: str
    algorithm: str | None
    texts: tuple[bytes, ...]
    signature: bytes

    def proven_by(self, key: PublicKey) -> bool:
        """Whether the key made the signature."""
        return any(proves(key, self.signature, text, self.algorithm) for text in self.texts)


def joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Raw headers as a Message holds them."""
    found: dict[str, str] = {}
    for raw, value in headers:
        name, text = raw.decode("latin-1").lower(), value.decode("latin-1").strip()
        found[name] = f"{found[name]}, {text}" if name in found else text
    return found

"""The header, and the digest in it.

Spec: FEP-8fcf (Collection-Synchronization HTTP Header, Partial follower collection digest)
"""

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec

HEADER = "collection-synchronization"
LONGEST = 8192

_PARAMETER = re.compile(r'\s*([a-zA-Z]+)\s*=\s*"([^"]*)"\s*')
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Announced(msgspec.Struct, frozen=True):
    """What is said of a collection of followers: its id, where the part for one server is, and that part's digest."""

    collection: str
    url: str
    digest: str


def digest(uris: Iterable[str]) -> str:
    """The digest of a set of ids: the SHA-256 of each, all of them combined by exclusive or, in hexadecimal digits."""
    combined = 0
    for uri in set(uris):
        combined ^= int.from_bytes(hashlib.sha256(uri.encode()).digest(), "big")
    return f"{combined:064x}"


def origin(uri: str) -> str:
    """What the ids of one server begin with: scheme, host, port if there is one, and a slash."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}/"


def write(announced: Announced) -> str:
    """The header that says this."""
    return f'collectionId="{announced.collection}", url="{announced.url}", digest="{announced.digest}"'


def read(header: str) -> Announced | None:
    """What a header says; None when it cannot be read."""
    if len(header) > LONGEST:
        return None
    found = {match[1]: match[2] for part in header.split(",") if (match := _PARAMETER.fullmatch(part))}
    if not {"collectionId", "url", "digest"} <= found.keys() or not _DIGEST.fullmatch(found["digest"]):
        return None
    return Announced(found["collectionId"], found["url"], found["digest"])

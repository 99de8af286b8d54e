"""Style sheets and pictures of the pages."""

import hashlib
from functools import cache
from pathlib import Path

from marula.base.kernel.errors import NotFound
from marula.faces.pages.page import Answer, File, Visit, page

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png"}
FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


@page("GET", "/static/{name}", same_for_all=True)
async def static(visit: Visit) -> Answer:
    """A file; one whose address names a version may be kept for good."""
    return _file(visit.path["name"], FOREVER if visit.text("v") else A_DAY)


@page("GET", "/favicon.ico", same_for_all=True)
async def favicon(visit: Visit) -> Answer:
    """The mark."""
    return _file("mark.svg", A_DAY)


@page("GET", "/avatars/original/missing.png", same_for_all=True)
async def missing_avatar(visit: Visit) -> Answer:
    """The picture of those who chose none."""
    return _file("missing-avatar.png", A_DAY)


@page("GET", "/headers/original/missing.png", same_for_all=True)
async def missing_header(visit: Visit) -> Answer:
    """The banner of those who chose none."""
    return _file("missing-header.png", A_DAY)


@cache
def _files() -> dict[str, tuple[bytes, str, str]]:
    found: dict[str, tuple[bytes, str, str]] = {}
    for path in FOLDER.iterdir():
        if path.suffix in KINDS:
            data = path.read_bytes()
            found[path.name] = data, KINDS[path.suffix], f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    return found


def _file(name: str, keep: str) -> File:
    if name not in _files():
        raise NotFound
    data, kind, etag = _files()[name]
    return File(data=data, kind=kind, cache=keep, etag=etag)

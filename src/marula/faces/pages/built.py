"""The files of the web app, as the build left them in `built/`: named by their content, so that browsers keep them.

Without a build the pages that need no JavaScript are all there is.
"""

import hashlib
from functools import cache
from pathlib import Path

import msgspec

from marula.base.kernel.errors import NotFound
from marula.faces.pages.page import Answer, File, Visit, page

FOLDER = Path(__file__).parent / "built"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
ENTRY = "src/main.ts"
WORKER = "sw.js"


class Chunk(msgspec.Struct):
    """One entry of the build's manifest. Spec: Vite documentation, guide/backend-integration"""

    file: str
    css: list[str] = []
    imports: list[str] = []


class Assets(msgspec.Struct, frozen=True):
    """What a page that is the app loads: its program, what that needs at once, and its style sheets."""

    script: str
    preloads: tuple[str, ...]
    styles: tuple[str, ...]


@cache
def assets() -> Assets | None:
    """The beginning of the app; None when it was not built."""
    manifest = FOLDER / "manifest.json"
    if not manifest.exists():
        return None
    chunks = msgspec.json.decode(manifest.read_bytes(), type=dict[str, Chunk])
    first = chunks[ENTRY]
    needed = [chunks[name] for name in first.imports]
    styles = [sheet for chunk in (*needed, first) for sheet in chunk.css]
    return Assets(
        script=f"/app/{first.file}",
        preloads=tuple(f"/app/{chunk.file}" for chunk in needed),
        styles=tuple(f"/app/{sheet}" for sheet in styles),
    )


@page("GET", "/app/{name}", same_for_all=True)
async def file(visit: Visit) -> Answer:
    """A file of the app, compressed as the browser likes it."""
    return _file(visit, visit.path["name"], FOREVER)


@page("GET", "/sw.js", same_for_all=True)
async def worker(visit: Visit) -> Answer:
    """The service worker, which stands at the root so that it may serve every page. Spec: Service Workers, 3.4"""
    return _file(visit, WORKER, ASK_AGAIN)


def _file(visit: Visit, name: str, keep: str) -> File:
    path = FOLDER / name
    kind = KINDS.get(path.suffix)
    if kind is None or name not in _names():
        raise NotFound
    encoding = _encoding(visit.request.header(b"accept-encoding") or "", name)
    data = _read(name + dict(ENCODINGS).get(encoding, ""))
    return File(data=data, kind=kind, cache=keep, etag=f'"{_digest(name)}-{encoding or "plain"}"', encoding=encoding)


def _encoding(accepted: str, name: str) -> str:
    offered = {one.split(";")[0].strip() for one in accepted.lower().split(",") if "q=0" not in one.replace(" ", "")}
    return next((word for word, suffix in ENCODINGS if word in offered and name + suffix in _names()), "")


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir()) if FOLDER.exists() else frozenset()


@cache
def _read(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(_read(name)).hexdigest()[:20]

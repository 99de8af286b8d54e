"""The files of the web app, as the build left them in `built/`: named by their content, so that browsers keep them.

Without a build the pages that need no JavaScript are all there is.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec

from marula.base.kernel.errors import NotFound
from marula.faces.pages.page import Answer, File, Visit, page

FOLDER = Path(__file__).parent / "built"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""How a file may be compressed, the best first, and how its name ends then."""
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


def assets() -> Assets | None:
    """The beginning of the app; None when it was not built."""
    return _assets(FOLDER, _built_at())


@page("GET", "/app/{name}", same_for_all=True)
async def file(visit: Visit) -> Answer:
    """A file of the app, compressed as the browser likes it."""
    return _file(visit, visit.path["name"], FOREVER)


@page("GET", "/sw.js", same_for_all=True)
async def worker(visit: Visit) -> Answer:
    """The service worker, which stands at the root so that it may serve every page. Spec: Service Workers, 3.4"""
    return _file(visit, WORKER, ASK_AGAIN)


def _file(visit: Visit, name: str, keep: str) -> File:
    built_at = _built_at()
    names = _names(FOLDER, built_at)
    kind = KINDS.get(Path(name).suffix)
    if kind is None or name not in names:
        raise NotFound
    offered = _accepted(visit.request.header(b"accept-encoding") or "")
    encoding = next((word for word, suffix in ENCODINGS.items() if word in offered and name + suffix in names), "")
    data, digest = _read(FOLDER / (name + ENCODINGS.get(encoding, "")), built_at)
    return File(data=data, kind=kind, cache=keep, etag=f'"{digest}"', encoding=encoding)


def _accepted(header: str) -> set[str]:
    """The encodings that a browser takes. Spec: RFC 9110, 12.5.3"""
    words = [word.replace(" ", "") for word in header.lower().split(",")]
    return {word.partition(";")[0] for word in words if not word.endswith((";q=0", ";q=0.0", ";q=0.00", ";q=0.000"))}


def _built_at() -> int:
    """What tells one build from the next, so that a server that runs meanwhile serves the new one."""
    try:
        return FOLDER.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=2)
def _assets(folder: Path, built_at: int) -> Assets | None:
    manifest = folder / "manifest.json"
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


@lru_cache(maxsize=2)
def _names(folder: Path, built_at: int) -> frozenset[str]:
    return frozenset(path.name for path in folder.iterdir()) if folder.exists() else frozenset()


@lru_cache(maxsize=512)
def _read(path: Path, built_at: int) -> tuple[bytes, str]:
    data = path.read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:20]

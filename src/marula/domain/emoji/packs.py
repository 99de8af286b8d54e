"""Packs of emoji: archives that communities exchange. Reads a file and writes one; asks neither network nor database.

A name in a pack is never used as a path. Links, devices and folders in it are passed over, and so is what lies above
the limits: a pack of a stranger can cost no more than they say.
Spec: Mastodon (tootctl emoji import: pictures named after their shortcode); Misskey (meta.json); Pleroma (pack.json)
"""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

import msgspec

from marula.base.kernel.errors import Refused

MOST_ENTRIES = 10_000
LARGEST_PICTURE = 256 * 1024
"""Spec: limits.json, media.emoji_size_limit"""

LARGEST_LIST = 4 * 1024 * 1024
"""Bytes of meta.json or pack.json."""

LARGEST_PACK = 1024 * 1024 * 1024
"""Bytes of all that is in a pack, unpacked."""

ENDINGS = (".png", ".gif", ".webp")
LISTS = ("meta.json", "pack.json")

UNREADABLE = "This is no pack of emoji: it must be a .tar.gz, .tar or .zip file"
TOO_LARGE = f"The pack holds more than {LARGEST_PACK // 1024**3} GB, or more than {MOST_ENTRIES} files"


class Entry(msgspec.Struct, frozen=True):
    """A picture of a pack. `data` is None when it is larger than emoji may be."""

    shortcode: str
    category: str | None
    data: bytes | None


class _Named(msgspec.Struct, frozen=True):
    shortcode: str
    category: str | None


def read(path: Path) -> Iterator[Entry]:
    """The pictures of a pack, one at a time, as they stand in it. Raises Refused for what is no pack, or too large.

    A file that says how pictures are called must stand before them, or the pack is read twice for it.
    """
    known = _listed(path)
    for name, file in _members(path):
        if not name.lower().endswith(ENDINGS):
            continue
        data = file.read(LARGEST_PICTURE + 1)
        plain = PurePosixPath(name).name
        named = _Named(PurePosixPath(plain).stem, None) if known is None else known.get(plain)
        if named is not None:
            yield Entry(named.shortcode, named.category, data if len(data) <= LARGEST_PICTURE else None)


def write(path: Path, entries: Iterator[tuple[Entry, str]]) -> int:
    """Write a pack that all of these can read: pictures, with their endings, and a list with categories. How many."""
    listed: list[dict[str, Any]] = []
    with tarfile.open(path, "x:gz") as pack:
        for entry, ending in entries:
            name = f"{entry.shortcode}.{ending}"
            listed.append(
                {
                    "downloaded": True,
                    "fileName": name,
                    "emoji": {"name": entry.shortcode, "category": entry.category, "aliases": []},
                }
            )
            _put(pack, name, entry.data or b"")
        _put(pack, "meta.json", msgspec.json.encode({"metaVersion": 2, "emojis": listed}))
    return len(listed)


def _put(pack: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    pack.addfile(info, io.BytesIO(data))


def _listed(path: Path) -> dict[str, _Named] | None:
    """What a list in the pack says of the files, by their names; None when there is none that can be understood."""
    for name, file in _members(path):
        if PurePosixPath(name).name in LISTS:
            data = file.read(LARGEST_LIST + 1)
            try:
                said = msgspec.json.decode(data) if len(data) <= LARGEST_LIST else None
            except msgspec.DecodeError:
                return None
            return _understood(said)
    return None


def _understood(said: Any) -> dict[str, _Named] | None:
    if not isinstance(said, dict):
        return None
    document = cast(dict[str, Any], said)
    emojis, files = document.get("emojis"), document.get("files")
    if isinstance(files, dict):
        pairs = cast(dict[str, Any], files).items()
        return {_plain(name): _Named(code, None) for code, name in pairs if isinstance(name, str)}
    if not isinstance(emojis, list):
        return None
    known: dict[str, _Named] = {}
    for one in cast(list[Any], emojis):
        emoji = one.get("emoji") if isinstance(one, dict) else None
        name = one.get("fileName") if isinstance(one, dict) else None
        if isinstance(emoji, dict) and isinstance(name, str) and isinstance(emoji.get("name"), str):
            category = emoji.get("category")
            known[_plain(name)] = _Named(emoji["name"], category if isinstance(category, str) and category else None)
    return known


def _plain(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The plain files of an archive: their names and bytes. Raises Refused."""
    try:
        yield from _zipped(path) if zipfile.is_zipfile(path) else _tarred(path)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, gzip.BadGzipFile, NotImplementedError) as error:
        raise Refused(UNREADABLE) from error
    except (RuntimeError, ValueError, OverflowError) as error:
        raise Refused(UNREADABLE) from error


def _zipped(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(path) as pack:
        if len(pack.infolist()) > MOST_ENTRIES:
            raise Refused(TOO_LARGE)
        for info in pack.infolist():
            if not info.is_dir():
                with pack.open(info) as file:
                    yield info.filename, file


def _tarred(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        source = _Bounded(gzip.GzipFile(fileobj=raw) if packed else raw, LARGEST_PACK)
        with tarfile.open(fileobj=cast(IO[bytes], source), mode="r|") as pack:
            for count, info in enumerate(pack):
                if count >= MOST_ENTRIES:
                    raise Refused(TOO_LARGE)
                file = pack.extractfile(info) if info.isreg() else None
                if file is not None:
                    yield info.name, file


class _Bounded:
    """A file that may be read only so far, however small it is packed."""

    def __init__(self, file: Any, most: int) -> None:
        self._file = file
        self._left = most

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise Refused(TOO_LARGE)
        return data

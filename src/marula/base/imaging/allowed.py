"""The sentences that refuse a file: each says what is wrong with it and what is allowed."""

from collections.abc import Iterable

from marula.base.imaging.kinds import Family, Kind
from marula.base.imaging.types import Limits, Recipe

PLURAL = {Family.PICTURE: "pictures", Family.FILM: "films", Family.SOUND: "sounds"}
MIB = 1024 * 1024


def takes(recipe: Recipe, kind: Kind) -> bool:
    """Whether files of this format are taken for this purpose."""
    return kind.family in recipe.families and (not recipe.formats or kind.extension in recipe.formats)


def unknown(recipe: Recipe) -> str:
    """The file is of a format that is not read, or not for this purpose."""
    groups: list[str] = []
    for family in Family:
        titles = dict.fromkeys(kind.title for kind in Kind if kind.family is family and takes(recipe, kind))
        if titles:
            groups.append(f"{_listed(titles)} {PLURAL[family]}")
    return f"Files of this type cannot be uploaded. Allowed are {'; '.join(groups)}"


def damaged(kind: Kind) -> str:
    """The file cannot be read to its end."""
    return f"This file is damaged or incomplete. Allowed are files that can be read to their end as {kind.title}"


def too_many_bytes(kind: Kind, allowed: int) -> str:
    """The file itself is too large."""
    size = f"{allowed // MIB} MB" if allowed >= MIB else f"{allowed // 1024} KB"
    return f"This file is too large. Allowed are {PLURAL[kind.family]} of up to {size}"


def too_many_pixels(width: int, height: int, allowed: int, what: str = "pictures") -> str:
    """The picture is too large, whatever its file's size."""
    return f"{width} × {height} pixels are too many. Allowed are {what} of up to {allowed:,} pixels"


def too_many_frames(allowed: int, what: str) -> str:
    """It moves for too long."""
    return f"This file has too many frames. Allowed are {what} of up to {allowed:,} frames"


def too_fast(allowed: int) -> str:
    """A film with more frames in a second than is shown anywhere."""
    return f"This film has too many frames in a second. Allowed are up to {allowed}"


def too_long(allowed: int) -> str:
    """A film or a sound lasts too long."""
    return f"This file is too long. Allowed are films and sounds of up to {allowed // 60} minutes"


def too_much_made(allowed: int) -> str:
    """What would be made of the file is too large."""
    return f"What this file becomes is too large. Allowed are files that become at most {allowed // MIB} MB"


def too_much_work(kind: Kind, limits: Limits) -> str:
    """Reading it takes longer than anybody is given."""
    seconds = limits.clock if kind.family is Family.PICTURE else limits.film_clock
    return (
        f"Reading this file takes too long. Allowed are {PLURAL[kind.family]} that are read within {seconds:g} seconds"
    )


def too_much_memory(kind: Kind, limits: Limits) -> str:
    """Reading it needs more memory than anybody is given."""
    allowed = limits.memory if kind.family is Family.PICTURE else limits.film_memory
    return f"Reading this file needs too much memory. Allowed are files that can be read with {allowed // MIB} MB"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last

"""Files made fit to be shown: decoded, and brought into storage. No transaction is open meanwhile."""

from pathlib import Path
from typing import Any

import msgspec

from marula.base import imaging
from marula.base.files import scratch
from marula.base.imaging import ATTACHMENT, THUMBNAIL, Decoded, Family, Limits, Name
from marula.base.kernel.errors import Refused
from marula.base.kernel.ids import BlobId
from marula.domain import storage
from marula.domain.context import Context
from marula.domain.media.types import Kind, Made, Thumbnail
from marula.domain.storage import Purpose

LIMITS = Limits(film_clock=540.0)
"""A job is given up after ten minutes, so a film must be done before."""

UNVERIFIED = "File type of uploaded media could not be verified"

KINDS = {"image": Kind.IMAGE, "gifv": Kind.GIFV, "video": Kind.VIDEO, "audio": Kind.AUDIO}
_FAMILIES = {Family.PICTURE: Kind.IMAGE, Family.FILM: Kind.VIDEO, Family.SOUND: Kind.AUDIO}


async def make(ctx: Context, source: Path, *, remote: bool = False) -> Made:
    """Make what is shown of a file, and bring it into storage.

    Raises: Undecodable, TooLarge, StorageFull, StorageUnreachable, DecoderFailed.
    Costs: the time that decoding takes, in another process.
    """
    async with scratch(ctx.config.incoming_dir) as folder:
        decoded = await imaging.decode(source, folder, ATTACHMENT, limits=LIMITS)
        original = await _bring(ctx, decoded, Name.ORIGINAL, remote)
        small = await _bring(ctx, decoded, Name.SMALL, remote)
    assert original is not None
    return Made(
        kind=KINDS[decoded.kind],
        original_id=original,
        small_id=small,
        content_type=decoded.files[Name.ORIGINAL].content_type,
        blurhash=decoded.blurhash,
        meta=_meta(decoded),
    )


async def make_thumbnail(ctx: Context, source: Path, *, remote: bool = False) -> Thumbnail:
    """Make the picture that stands for a film or a sound, and bring it into storage. Raises: as `make`."""
    async with scratch(ctx.config.incoming_dir) as folder:
        decoded = await imaging.decode(source, folder, THUMBNAIL, limits=LIMITS)
        small = await _bring(ctx, decoded, Name.SMALL, remote)
    assert small is not None
    return Thumbnail(small_id=small, blurhash=decoded.blurhash, meta=_meta(decoded))


async def bring_source(ctx: Context, source: Path) -> BlobId:
    """Bring an upload into storage as it came, to be processed later. Raises: StorageFull, StorageUnreachable."""
    blob = await storage.bring(ctx, source, purpose=Purpose.UPLOAD, content_type="application/octet-stream")
    return blob.id


def seems(head: bytes) -> tuple[Kind, bool]:
    """What a file seems to be by its first bytes, and whether it is quickly processed. Raises Refused for none."""
    found = imaging.sniff(head)
    if found is None:
        raise Refused(UNVERIFIED)
    return _FAMILIES[found.family], found.family is Family.PICTURE and not imaging.may_move(head)


async def _bring(ctx: Context, decoded: Decoded, name: Name, remote: bool) -> BlobId | None:
    made = decoded.files.get(name)
    if made is None:
        return None
    blob = await storage.bring(
        ctx, made.path, purpose=Purpose.ATTACHMENT, content_type=made.content_type, remote=remote
    )
    return blob.id


def _meta(decoded: Decoded) -> dict[str, Any]:
    return msgspec.to_builtins(decoded.meta)

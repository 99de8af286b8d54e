"""Pictures made fit for profiles: decoded, and brought into storage. No transaction is open meanwhile.

Spec: limits.json, media.avatar_size_limit, media.header_size_limit; Mastodon documentation, user/profile
"""

from pathlib import Path

from marula.base import imaging
from marula.base.files import scratch
from marula.base.imaging import AVATAR, HEADER, Decoded, Name, Recipe
from marula.base.kernel.ids import BlobId
from marula.domain import storage
from marula.domain.accounts.types import Picture
from marula.domain.context import Context
from marula.domain.storage import Purpose


async def make_avatar(ctx: Context, source: Path, *, remote: bool = False) -> Picture:
    """Make an avatar of a file: a square, and its first frame when it moves.

    Raises: Undecodable, TooLarge, StorageFull, StorageUnreachable.
    """
    return await _make(ctx, source, AVATAR, Purpose.AVATAR, remote)


async def make_header(ctx: Context, source: Path, *, remote: bool = False) -> Picture:
    """Make a header of a file: three times as wide as high. Raises: as `make_avatar`."""
    return await _make(ctx, source, HEADER, Purpose.HEADER, remote)


async def _make(ctx: Context, source: Path, recipe: Recipe, purpose: Purpose, remote: bool) -> Picture:
    async with scratch(ctx.config.incoming_dir) as folder:
        decoded = await imaging.decode(source, folder, recipe)
        original = await _bring(ctx, decoded, Name.ORIGINAL, purpose, remote)
        still = await _bring(ctx, decoded, Name.STATIC, purpose, remote)
    assert original is not None
    return Picture(original_id=original, still_id=still)


async def _bring(ctx: Context, decoded: Decoded, name: Name, purpose: Purpose, remote: bool) -> BlobId | None:
    made = decoded.files.get(name)
    if made is None:
        return None
    blob = await storage.bring(ctx, made.path, purpose=purpose, content_type=made.content_type, remote=remote)
    return blob.id

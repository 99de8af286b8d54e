"""Pictures made fit for emoji: decoded, and brought into storage. No transaction is open meanwhile.

Spec: limits.json, media.emoji_size_limit, media.emoji_types
"""

from pathlib import Path

from marula.base import imaging
from marula.base.files import scratch
from marula.base.imaging import EMOJI, Decoded, Name
from marula.base.kernel.ids import BlobId
from marula.domain import storage
from marula.domain.context import Context
from marula.domain.emoji.types import Picture
from marula.domain.storage import Purpose


async def make(ctx: Context, source: Path, *, remote: bool = False) -> Picture:
    """Make an emoji of a PNG, GIF or WebP file: the picture, and its first frame as a PNG.

    Raises: Undecodable, TooLarge, StorageFull, StorageUnreachable.
    """
    async with scratch(ctx.config.incoming_dir) as folder:
        decoded = await imaging.decode(source, folder, EMOJI)
        return Picture(
            await _bring(ctx, decoded, Name.ORIGINAL, remote), await _bring(ctx, decoded, Name.STATIC, remote)
        )


async def _bring(ctx: Context, decoded: Decoded, name: Name, remote: bool) -> BlobId:
    made = decoded.files[name]
    blob = await storage.bring(ctx, made.path, purpose=Purpose.EMOJI, content_type=made.content_type, remote=remote)
    return blob.id

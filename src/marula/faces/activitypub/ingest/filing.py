"""From the files that a post of another server names to those that are kept with it.

Spec: federation practice, media; Mastodon documentation, admin/moderation (reject media)
"""

from collections.abc import Sequence

from marula.domain import boundaries, servers
from marula.domain.context import Context
from marula.domain.media import Kind, RemoteFile
from marula.faces.activitypub.reading import Attached

KINDS = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO, "unknown": Kind.UNKNOWN}


async def files(ctx: Context, attached: Sequence[Attached], uri: str) -> tuple[RemoteFile, ...]:
    """The files of the post with this id, marked as rejected when nobody here wants those of its server."""
    rejected = bool(attached) and (await boundaries.stance(ctx, servers.host_of(uri))).reject_media
    return tuple(
        RemoteFile(
            url=one.url,
            content_type=one.media_type,
            description=one.description or None,
            blurhash=one.blurhash,
            width=one.width,
            height=one.height,
            focus=one.focus,
            duration=one.duration,
            preview_url=one.icon,
            kind=KINDS[one.media],
            rejected=rejected,
        )
        for one in attached
    )

"""Files of posts as viewers see them.

Spec: Mastodon documentation, entities/MediaAttachment
"""

from typing import Any

import msgspec

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, MediaId
from marula.domain.context import Context
from marula.domain.media import Kind, Part, State, pass_of
from marula.entities import MediaAttachment, MediaFocus, MediaMeta
from marula.views import store


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A file as `store.MEDIA` gives it."""

    id: str
    kind: Kind
    state: State
    remote_url: str | None
    preview_remote_url: str | None
    description: str | None
    blurhash: str | None
    meta: dict[str, Any]
    focus_x: float | None
    focus_y: float | None
    original: str | None
    small: str | None
    content_type: str | None


_held = msgspec.json.Decoder(list[Held])


def held(raw: str | None) -> list[Held]:
    """The files in a column of `store.MEDIA`."""
    return [] if raw is None else _held.decode(raw)


def attachments(ctx: Context, raw: str | None) -> list[MediaAttachment]:
    """The files in a column of `store.MEDIA`, in their order."""
    return [attachment(ctx, one) for one in held(raw)]


async def upload(ctx: Context, db: Connection, who: AccountId, media: MediaId) -> tuple[MediaAttachment, State]:
    """One's own file that hangs on no post yet, and how far it is. Raises NotFound. Costs: one statement."""
    found = held(await store.own_media(db, who, media))
    if not found:
        raise NotFound
    return attachment(ctx, found[0]), found[0].state


def attachment(ctx: Context, one: Held) -> MediaAttachment:
    """One file. Of one that is not wanted, or cannot be had, only the address there is told."""
    absent = one.state in (State.REJECTED, State.FAILED)
    return MediaAttachment(
        id=one.id,
        type="unknown" if absent else one.kind.word,
        url=_kept(ctx, one.original) or (None if absent else _elsewhere(ctx, one, "original", one.remote_url)),
        preview_url=_kept(ctx, one.small) or (None if absent else _elsewhere(ctx, one, "small", _still(one))),
        remote_url=one.remote_url,
        preview_remote_url=one.preview_remote_url,
        text_url=None,
        meta=_meta(one),
        description=one.description,
        blurhash=one.blurhash,
    )


def _still(one: Held) -> str | None:
    """The address of a small picture of a file of another server."""
    return one.preview_remote_url or (one.remote_url if one.kind is Kind.IMAGE else None)


def _elsewhere(ctx: Context, one: Held, part: Part, url: str | None) -> str | None:
    """Where a file of another server is to be had that is not kept here."""
    if url is None or ctx.config.remote_media == "link":
        return url
    return f"{ctx.config.web_url}/media/proxy/{pass_of(ctx.config, MediaId(int(one.id)))}/{part}"


def _kept(ctx: Context, key: str | None) -> str | None:
    """The public address of a file that is kept here."""
    return None if key is None else f"{ctx.files.public}{key}"


def _meta(one: Held) -> MediaMeta | None:
    """What is known of a file; null when that is nothing."""
    known = msgspec.convert(one.meta, MediaMeta)
    if one.focus_x is not None and one.focus_y is not None:
        known = msgspec.structs.replace(known, focus=MediaFocus(x=one.focus_x, y=one.focus_y))
    return None if known == _NOTHING else known


_NOTHING = MediaMeta()

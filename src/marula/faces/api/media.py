"""Files for posts.

Spec: Mastodon documentation, methods/media
"""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import UNSET, UnsetType

from marula.base.imaging import HEAD
from marula.base.kernel.errors import Invalid, NotFound, Refused
from marula.base.kernel.ids import MediaId
from marula.domain import media
from marula.domain.media import Change, State, Thumbnail
from marula.entities import Empty, MediaAttachment
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.faces.http.limits import Limit
from marula.faces.http.uploads import Upload
from marula.views.media import upload as render

WRITE = ("write", "write:media")

LARGEST = 103_809_024
"""Bytes of a file. Spec: limits.json, media.video_size_limit"""

UPLOADING = Limit("uploading", 30, timedelta(minutes=30))
"""Spec: limits.json, rate_limits.throttle_api_media"""

WITH_THUMBNAIL = (media.Kind.VIDEO, media.Kind.AUDIO)
"""What may have a picture that stands for it; of others the one that is sent is left out."""


class UploadForm(Form, frozen=True, kw_only=True):
    """A file. `thumbnail`: a picture for a film or a sound. `focus`: two numbers from -1 to 1 with a comma."""

    file: Upload | None = None
    thumbnail: Upload | None = None
    description: str | None = None
    focus: str | None = None


class ChangeForm(Form, frozen=True, kw_only=True):
    """What is said anew of a file; what is unset stays."""

    thumbnail: Upload | None = None
    description: str | UnsetType | None = UNSET
    focus: str | UnsetType = UNSET


@route("POST", "/api/v2/media", scopes=WRITE, limit=UPLOADING, uploads=LARGEST)
async def create(call: Call, form: UploadForm) -> MediaAttachment:
    """Send a file for a post. Pictures are ready at once; of others the answer is 202, and they are asked for again."""
    return await _create(call, form, wait=False)


@route(
    "POST",
    "/api/v1/media",
    scopes=WRITE,
    limit=UPLOADING,
    uploads=LARGEST,
    deprecated=datetime(2020, 5, 16, tzinfo=UTC),
)
async def create_and_wait(call: Call, form: UploadForm) -> MediaAttachment:
    """Send a file for a post, and wait until it is processed."""
    return await _create(call, form, wait=True)


@route("GET", "/api/v1/media/{id}", scopes=WRITE)
async def show(call: Call, id: MediaId) -> MediaAttachment:
    """One's own file that hangs on no post yet: 206 while it is processed, 422 when it cannot be read."""
    return await _shown(call, id, unfinished=206)


@route("PUT", "/api/v1/media/{id}", scopes=WRITE, uploads=LARGEST)
async def update(call: Call, id: MediaId, form: ChangeForm) -> MediaAttachment:
    """Say something else of a file that hangs on no post yet."""
    said = Change(
        id=id,
        description=UNSET if form.description is UNSET else media.rules.check_description(form.description),
        focus=UNSET if form.focus is UNSET else media.rules.parse_focus(form.focus),
    )
    async with call.ctx.db.reading() as db:
        found = (await media.own(db, call.me, [id])).get(id)
    if found is None or found.post_id is not None:
        raise NotFound
    still = await _thumbnail(call, form.thumbnail, found.kind)
    async with call.ctx.db.transaction() as tx:
        await media.change(tx, call.me, said, still)
    return await _shown(call, id, unfinished=206)


@route("DELETE", "/api/v1/media/{id}", scopes=WRITE)
async def delete(call: Call, id: MediaId) -> Empty:
    """Remove one's own file that was not posted."""
    async with call.ctx.db.transaction() as tx:
        await media.remove(tx, call.me, id)
    return Empty()


async def _create(call: Call, form: UploadForm, *, wait: bool) -> MediaAttachment:
    if form.file is None or form.file.size == 0:
        raise Invalid.field("file", "can't be blank", "ERR_BLANK")
    described = media.rules.check_description(form.description)
    focus = None if not form.focus else media.rules.parse_focus(form.focus)
    kind, quick = media.seems(await asyncio.to_thread(_head, form.file.path))
    still = await _thumbnail(call, form.thumbnail, kind)
    made = await media.make(call.ctx, form.file.path) if quick or wait else None
    given = media.Upload(
        made=made,
        source_id=await media.bring_source(call.ctx, form.file.path) if made is None else None,
        kind=kind,
        thumbnail=still,
        description=described,
        focus=focus,
    )
    async with call.ctx.db.transaction() as tx:
        stored = await media.upload(tx, call.me, given)
    return await _shown(call, stored, unfinished=202)


async def _thumbnail(call: Call, sent: Upload | None, kind: media.Kind) -> Thumbnail | None:
    if sent is None or sent.size == 0 or kind not in WITH_THUMBNAIL:
        return None
    return await media.make_thumbnail(call.ctx, sent.path)


async def _shown(call: Call, id: MediaId, *, unfinished: int) -> MediaAttachment:
    async with call.ctx.db.reading() as db:
        shown, state = await render(call.ctx, db, call.me, id)
    if state is State.FAILED:
        raise Refused(media.rules.UNPROCESSED)
    if state is State.WAITING:
        call.status = unfinished
    return shown


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)

"""One's own profile, as written and as it looks.

Spec: Mastodon documentation, methods/profile
"""

from msgspec import UNSET, UnsetType

from marula.base.kernel.errors import NotFound
from marula.domain import accounts
from marula.domain.accounts import ProfileChanges
from marula.domain.context import Context
from marula.entities import CredentialAccount, Profile
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.faces.http.uploads import Upload
from marula.views.credentials import credentials
from marula.views.profile import profile
from marula.views.rendered import Rendered

READ = ("profile", "read", "read:accounts")
WRITE = ("write", "write:accounts")
PATH = "/api/v1/profile"

LARGEST_PICTURE = 8 * 1024 * 1024
"""Bytes of an avatar, and of a header. Spec: limits.json, media.avatar_size_limit, media.header_size_limit"""


class FieldForm(Form, frozen=True, kw_only=True):
    """A row of the table on a profile."""

    name: str = ""
    value: str = ""


class ProfileForm(Form, frozen=True, kw_only=True):
    """What to change of one's profile; what is not sent stays."""

    display_name: str | UnsetType = UNSET
    note: str | UnsetType = UNSET
    avatar: Upload | UnsetType = UNSET
    header: Upload | UnsetType = UNSET
    avatar_description: str | UnsetType = UNSET
    header_description: str | UnsetType = UNSET
    locked: bool | UnsetType = UNSET
    bot: bool | UnsetType = UNSET
    discoverable: bool | UnsetType = UNSET
    indexable: bool | UnsetType = UNSET
    hide_collections: bool | UnsetType = UNSET
    show_media: bool | UnsetType = UNSET
    show_media_replies: bool | UnsetType = UNSET
    show_featured: bool | UnsetType = UNSET
    fields_attributes: list[FieldForm] | UnsetType = UNSET
    attribution_domains: list[str] | UnsetType = UNSET


@route("GET", PATH, scopes=READ)
async def show(call: Call) -> Profile:
    """One's profile, to be edited."""
    async with call.ctx.db.reading() as db:
        return await profile(call.ctx, db, call.me)


@route("PATCH", PATH, scopes=WRITE, detailed=True, uploads=LARGEST_PICTURE)
@route("PUT", PATH, scopes=WRITE, detailed=True, uploads=LARGEST_PICTURE)
async def update(call: Call, form: ProfileForm) -> Profile:
    """Change one's profile."""
    await _revise(call, await profile_changes(call.ctx, form))
    async with call.ctx.db.reading() as db:
        return await profile(call.ctx, db, call.me)


@route("DELETE", f"{PATH}/avatar", scopes=WRITE)
async def delete_avatar(call: Call) -> Rendered[CredentialAccount]:
    """Take one's avatar away, with its description."""
    return await _without(call, ProfileChanges(avatar=None, avatar_description=""))


@route("DELETE", f"{PATH}/header", scopes=WRITE)
async def delete_header(call: Call) -> Rendered[CredentialAccount]:
    """Take one's header away, with its description."""
    return await _without(call, ProfileChanges(header=None, header_description=""))


async def _without(call: Call, changes: ProfileChanges) -> Rendered[CredentialAccount]:
    await _revise(call, changes)
    async with call.ctx.db.reading() as db:
        return await credentials(call.ctx, db, call.me)


async def _revise(call: Call, changes: ProfileChanges) -> None:
    async with call.ctx.db.reading() as db:
        account = await accounts.by_id(db, call.me)
        if account is None:
            raise NotFound
        draft = await accounts.draft_profile(call.ctx, db, account, changes)
    async with call.ctx.db.transaction() as tx:
        await accounts.revise_profile(tx, account, draft)


async def profile_changes(ctx: Context, form: ProfileForm) -> ProfileChanges:
    """What a form wants to change; its pictures are in storage then. A file without bytes is none.

    Raises: Undecodable, TooLarge, StorageFull, StorageUnreachable.
    """
    avatar, header = form.avatar, form.header
    rows = form.fields_attributes
    return ProfileChanges(
        avatar=UNSET if avatar is UNSET or not avatar.size else await accounts.make_avatar(ctx, avatar.path),
        header=UNSET if header is UNSET or not header.size else await accounts.make_header(ctx, header.path),
        display_name=form.display_name,
        note=form.note,
        avatar_description=form.avatar_description,
        header_description=form.header_description,
        locked=form.locked,
        bot=form.bot,
        discoverable=form.discoverable,
        indexable=form.indexable,
        hide_collections=form.hide_collections,
        show_media=form.show_media,
        show_media_replies=form.show_media_replies,
        show_featured=form.show_featured,
        fields=UNSET if rows is UNSET else tuple((row.name, row.value) for row in rows),
        attribution_domains=UNSET if form.attribution_domains is UNSET else tuple(form.attribution_domains),
    )

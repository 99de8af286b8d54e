"""One's own profile, to be edited.

Spec: Mastodon documentation, entities/Profile
"""

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, tags
from marula.domain.accounts import ProfileField
from marula.domain.context import Context
from marula.entities import AccountField, Profile
from marula.entities.scalars import datetime_text
from marula.views.tag import featured_tag


async def profile(ctx: Context, db: Connection, me: AccountId) -> Profile:
    """The profile of an account as written, beside what it looks like. Raises NotFound."""
    account = await accounts.by_id(db, me)
    if account is None:
        raise NotFound
    pictures = await accounts.pictures(db, me)
    return Profile(
        id=str(account.id),
        display_name=account.display_name,
        note=account.note,
        formatted_note=account.note_html,
        fields=[_field(field, field.value) for field in account.fields],
        formatted_fields=[_field(field, field.html) for field in account.fields],
        avatar=_url(ctx, pictures.avatar),
        avatar_static=_url(ctx, pictures.avatar_still or pictures.avatar),
        avatar_description=account.avatar_description,
        header=_url(ctx, pictures.header),
        header_static=_url(ctx, pictures.header_still or pictures.header),
        header_description=account.header_description,
        locked=account.locked,
        bot=account.actor_type == "Service",
        hide_collections=account.hide_collections,
        discoverable=account.discoverable,
        indexable=account.indexable,
        show_media=account.show_media,
        show_media_replies=account.show_media_replies,
        show_featured=account.show_featured,
        attribution_domains=list(account.attribution_domains),
        featured_tags=[featured_tag(ctx, one) for one in await tags.featured_by(db, me)],
    )


def _url(ctx: Context, key: str | None) -> str | None:
    return None if key is None else f"{ctx.files.public}{key}"


def _field(field: ProfileField, value: str) -> AccountField:
    return AccountField(
        name=field.name,
        value=value,
        verified_at=None if field.verified_at is None else datetime_text(field.verified_at),
    )

"""Our accounts as the documents of actors, with all that they need to be read."""

from marula.base.db import Connection
from marula.domain import accounts, actors, storage
from marula.domain.accounts import Account
from marula.domain.actors import OwnKey
from marula.domain.context import Context
from marula.faces.activitypub.vocab import actor
from marula.faces.activitypub.vocab.context import Document
from marula.views.emoji import Emojis


async def profile(ctx: Context, db: Connection, account: Account, key: OwnKey) -> Document:
    """A local account. Costs: one statement, and one more when it has moved."""
    values = [text for field in account.fields for text in (field.name, field.html)]
    emojis = (await Emojis.local(ctx)).among(account.display_name, account.note_html, *values)
    moved_to: str | None = None
    if account.moved_to_id is not None:
        target = await accounts.by_id(db, account.moved_to_id)
        moved_to = None if target is None else target.uri or actors.actor_uri(ctx.config, target.id)
    pictures = await accounts.pictures(db, account.id)
    known = actor.Known(
        emojis=emojis,
        icon=_picture(ctx, pictures.avatar, account.avatar_description),
        image=_picture(ctx, pictures.header, account.header_description),
        moved_to=moved_to,
    )
    return actor.actor(ctx.config, account, key, known)


def _picture(ctx: Context, key: str | None, description: str) -> Document | None:
    """A picture of a profile, with what it shows in words. Spec: Mastodon documentation, spec/activitypub (profiles)"""
    if key is None:
        return None
    told = {"summary": description} if description else {}
    return {"type": "Image", "mediaType": storage.content_type(key), "url": f"{ctx.files.public}{key}"} | told

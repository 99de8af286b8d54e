"""Our accounts as the documents of actors, with all that they need to be read."""

from marula.base.db import Connection
from marula.domain import accounts, actors
from marula.domain.accounts import Account
from marula.domain.actors import OwnKey
from marula.domain.context import Context
from marula.faces.activitypub.vocab import actor
from marula.faces.activitypub.vocab.context import Document
from marula.views.emoji import Emojis


async def profile(ctx: Context, db: Connection, account: Account, key: OwnKey) -> Document:
    """A local account. Costs: one statement when it has moved."""
    values = [text for field in account.fields for text in (field.name, field.html)]
    emojis = (await Emojis.local(ctx)).among(account.display_name, account.note_html, *values)
    moved_to: str | None = None
    if account.moved_to_id is not None:
        target = await accounts.by_id(db, account.moved_to_id)
        moved_to = None if target is None else target.uri or actors.actor_uri(ctx.config, target.id)
    return actor.actor(ctx.config, account, key, emojis, moved_to)

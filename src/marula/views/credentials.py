"""One's own account, with what only its owner sees.

Spec: Mastodon documentation, entities/Account (CredentialAccount)
"""

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, relationships, users
from marula.domain.context import Context
from marula.entities import AccountField, AccountSource, CredentialAccount, Role
from marula.entities.scalars import datetime_text
from marula.views.account import account as render_account
from marula.views.fragments import encode
from marula.views.rendered import Rendered


async def credentials(ctx: Context, db: Connection, me: AccountId) -> Rendered[CredentialAccount]:
    """The account of the signed-in person, as written, with its preferences and role."""
    account = await accounts.by_id(db, me)
    user = await users.by_account(db, me)
    if account is None or user is None:
        raise NotFound
    wishes = user.preferences
    source = AccountSource(
        privacy=wishes.default_privacy or ("private" if account.locked else "public"),
        sensitive=wishes.default_sensitive,
        language=wishes.default_language,
        quote_policy=wishes.default_quote_policy,
        note=account.note,
        fields=[
            AccountField(
                name=field.name,
                value=field.value,
                verified_at=None if field.verified_at is None else datetime_text(field.verified_at),
            )
            for field in account.fields
        ],
        follow_requests_count=await relationships.requests_count(db, me),
        hide_collections=account.hide_collections,
        discoverable=account.discoverable,
        indexable=account.indexable,
        attribution_domains=list(account.attribution_domains),
    )
    public = (await render_account(ctx, db, me)).data
    return Rendered(public[:-1] + b',"source":' + encode(source) + b',"role":' + encode(await _role(ctx, user)) + b"}")


async def _role(ctx: Context, user: users.User) -> Role:
    role = await users.role_of(ctx, user)
    return Role(
        id=str(role.id),
        name=role.name,
        color=role.color,
        permissions=str(int(role.permissions)),
        highlighted=role.highlighted,
        collection_limit=role.collection_limit,
    )

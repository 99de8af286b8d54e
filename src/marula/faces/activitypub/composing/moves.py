"""Accounts of ours that go on elsewhere.

Spec: Mastodon documentation, spec/activitypub (Move); FEP-7628
"""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.domain import accounts, actors
from marula.domain.context import Context
from marula.domain.moves import AccountMoved
from marula.faces.activitypub.composing.federating import Outgoing, federates
from marula.faces.activitypub.vocab import activities
from marula.views.reach import Reach


@federates(AccountMoved, when=lambda fact: fact.local)
async def move(ctx: Context, tx: Tx, fact: AccountMoved) -> Sequence[Outgoing]:
    """Move, to the followers and to the server of the new account."""
    target = await accounts.by_id(tx, fact.target_id)
    if target is None:
        return []
    uri = target.uri or actors.actor_uri(ctx.config, target.id)
    document = activities.move(ctx.config, fact.account_id, fact.move_id, uri)
    reach = Reach(followers_of=(fact.account_id,), people=(fact.target_id,))
    return [Outgoing(sender=fact.account_id, document=document, reach=reach)]

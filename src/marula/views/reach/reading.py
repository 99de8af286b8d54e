"""Reach: who is to get something, as inboxes."""

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import boundaries, servers
from marula.domain.context import Context
from marula.domain.posts import Visibility, rules
from marula.views.reach import store
from marula.views.written import Written


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to get something. Only people of other servers count.

    `followers_of`: those who follow one of these. `followed_by`: those whom this one follows. `people`: by the shared
    inbox of their server, where it has one; of these three nobody whom `author` blocks. `persons`: each in their own
    inbox. `inboxes`: addresses as they are.
    """

    author: AccountId | None = None

    followers_of: tuple[AccountId, ...] = ()
    followed_by: AccountId | None = None
    people: tuple[AccountId, ...] = ()
    persons: tuple[AccountId, ...] = ()
    inboxes: tuple[str, ...] = ()


async def inboxes(ctx: Context, db: Connection, reach: Reach) -> list[str]:
    """The inboxes, each once; none of servers or people that are suspended here. Costs: one statement."""
    found = await store.inboxes(
        db, list(reach.followers_of), reach.followed_by, list(reach.people), list(reach.persons), reach.author
    )
    limits = await boundaries.current(ctx)
    here = servers.host_of(ctx.config.web_url)
    return [
        inbox
        for inbox in dict.fromkeys([*found, *reach.inboxes])
        if (host := servers.host_of(inbox)) != here and not limits.stance(host).suspended
    ]


async def reach_of(db: Connection, post: Written) -> Reach:
    """Who gets a post of ours, or a change of it: whoever may read it and has to do with it, and nobody else.

    A post for everybody goes to the followers of its author and of whom it answers here, to those whom it names,
    answers, quotes or boosts, and to those who answered, quoted, boosted or favourited it. One for followers goes to
    them and to those it names; one for those it names to them alone. Costs: one statement.
    """
    concerned = await store.concerned(db, post.id)
    if post.visibility in (Visibility.DIRECT, Visibility.LIMITED):
        return Reach(author=post.account_id, people=concerned.named)
    if post.visibility not in rules.BOOSTABLE:
        return Reach(author=post.account_id, followers_of=(post.account_id,), people=concerned.named)
    thread = () if concerned.answered is None else (concerned.answered,)
    people = (*concerned.named, *concerned.others)
    return Reach(author=post.account_id, followers_of=(post.account_id, *thread), people=people)


async def passing(db: Connection, post: PostId, *, spread: bool) -> tuple[AccountId, ...]:
    """The people of ours whose followers are told what the author of a post elsewhere says of it.

    That is under whose posts it stands in its thread, the nearest first, and, with `spread`, those who boosted or
    quoted it; only where everybody may read both and all between them, and nobody who blocks its author. Costs: one
    statement.
    Spec: ActivityPub 7.1.2 (forwarding from inbox); federation practice, inbox rules
    """
    return await store.passing(db, post, spread)

"""The SQL of reach."""

from collections.abc import Sequence

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PostId

HIGHEST = 40
"""Steps up a thread that are looked at for posts of ours."""


class Concerned(msgspec.Struct, frozen=True):
    """Who has to do with a post. `named`: those it mentions, now or before. `others`: who did something with it, or
    whose post it answers, quotes or boosts. `answered`: whose post of this server it answers, for everybody to read.
    """

    named: tuple[AccountId, ...]
    others: tuple[AccountId, ...]
    answered: AccountId | None


async def inboxes(
    db: Connection,
    followers_of: Sequence[AccountId],
    followed_by: AccountId | None,
    people: Sequence[AccountId],
    persons: Sequence[AccountId],
    author: AccountId | None,
) -> list[str]:
    """Shared inboxes of followers, followed and people, and the own inboxes of persons; of nobody who is suspended.

    Of the first three none whom the author blocks.
    """
    rows = await db.all(
        """
        with wanted (account_id) as (
            select account_id from follows where target_id = any($1::bigint[])
            union select target_id from follows where account_id = $2
            union select unnest($3::bigint[])
        ), found as (
            select o.account_id, coalesce(o.shared_inbox, o.inbox) as inbox
            from wanted join actors o on o.account_id = wanted.account_id
            where not exists (select from blocks b where b.account_id = $5 and b.target_id = o.account_id)
            union all select account_id, inbox from actors where account_id = any($4::bigint[])
        )
        select distinct inbox from found join accounts a on a.id = found.account_id
        where a.suspended_at is null and a.domain is not null order by inbox
        """,
        followers_of,
        followed_by,
        people,
        persons,
        author,
    )
    return [row["inbox"] for row in rows]


async def concerned(db: Connection, post: PostId) -> Concerned:
    """Who has to do with a post. Those whom a limited author names count only when they follow them."""
    row = await db.one(
        """
        select array(
                   select m.account_id from mentions m join accounts a on a.id = p.account_id
                   where m.post_id = p.id and (a.silenced_at is null or exists (
                       select from follows f where f.account_id = m.account_id and f.target_id = p.account_id))
               ) as named,
               array(
                   select p.in_reply_to_account_id where p.in_reply_to_account_id is not null
                   union select r.account_id from posts r where r.id in (p.in_reply_to_id, p.reblog_of_id)
                   union select x.account_id from posts x where x.reblog_of_id = p.id
                   union select x.account_id from posts x where x.in_reply_to_id = p.id
                   union select x.account_id from favourites x where x.post_id = p.id
                   union select x.account_id from quotes x where x.quoted_id = p.id
                   union select p.group_id where p.group_id is not null
                   union select x.quoted_account_id from quotes x
                         where x.post_id = p.id and x.quoted_account_id is not null
               ) as others,
               (select r.account_id from posts r
                where r.id = p.in_reply_to_id and r.local and r.visibility in (0, 1)) as answered
        from posts p where p.id = $1
        """,
        post,
    )
    if row is None:
        return Concerned((), (), None)
    return Concerned(tuple(row["named"]), tuple(row["others"]), row["answered"])


async def passing(db: Connection, post: PostId, spread: bool) -> tuple[AccountId, ...]:
    """Under whose posts of this server it stands, the nearest first, and who of this server boosted or quoted it."""
    rows = await db.all(
        """
        with recursive above (id, account_id, local, in_reply_to_id, step) as (
            select r.id, r.account_id, r.local, r.in_reply_to_id, 1
            from posts p join posts r on r.id = p.in_reply_to_id where p.id = $1 and r.visibility in (0, 1)
            union all select r.id, r.account_id, r.local, r.in_reply_to_id, step + 1
            from above join posts r on r.id = above.in_reply_to_id where r.visibility in (0, 1) and step < $3
        )
        select found.account_id from posts p cross join lateral (
            select account_id, step as place from above where local
            union all select x.account_id, $3 + 1 from posts x
                where $2 and x.reblog_of_id = p.id and x.local and x.visibility in (0, 1)
            union all select x.account_id, $3 + 2 from quotes q join posts x on x.id = q.post_id
                where $2 and q.quoted_id = p.id and x.local and x.visibility in (0, 1)
        ) found
        where p.id = $1 and p.visibility in (0, 1) and not exists (
            select from blocks b where b.account_id = found.account_id and b.target_id = p.account_id)
        order by found.place, found.account_id limit 100
        """,
        post,
        spread,
        HIGHEST,
    )
    return tuple(dict.fromkeys(row["account_id"] for row in rows))

"""The SQL that writes and removes notifications."""

from collections.abc import Sequence
from typing import NamedTuple

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, CollectionId, CollectionItemId, NotificationId, PostId
from marula.domain.notifications.rules import GROUP_SPAN, hour
from marula.domain.notifications.store.audiences import AUDIENCES, Audience
from marula.domain.notifications.store.policies import TREATMENT


class Telling(NamedTuple):
    """What came of telling a batch: its last account, None after the last batch; who was told, and by what."""

    last: AccountId | None
    made: list[tuple[AccountId, NotificationId]]


async def tell(
    tx: Tx,
    kind: str,
    told: Audience,
    subject: int,
    *,
    groupable: bool,
    filterable: bool,
    after: AccountId,
    batch: int,
) -> Telling:
    """Tell a batch of an audience, in the order of their ids.

    Only people of this server are told, once each; not of what they do themselves, save the end of their own poll and
    of their own follows; not when a block or a hidden server stands in between, or a mute that hides notifications; not
    of threads they muted; and not of posts they may not read, which posts.rules.visible judges again when the
    notification is shown.
    What the policy of whoever is told filters is set aside, with a request of the account that did it; what it drops
    is not written. `made` names neither.
    A groupable notification joins the group of its kind and post that is open, or opens one.
    """
    row = await tx.one(
        f"""
        with told as (
            select t.* from ({AUDIENCES[told]}) t
            join users u on u.account_id = t.account_id
            join accounts a on a.id = t.account_id and a.suspended_at is null
            where t.account_id > $2 order by t.account_id limit $3
        ), judged as (
            select t.*, case when $9 then ({TREATMENT}) else 0 end as treatment
            from told t left join posts p on p.id = t.post_id
            where (t.account_id <> t.from_id or $4 in ('poll', 'severed_relationships'))
              and not exists (select from blocks b where (b.account_id, b.target_id)
                              in ((t.account_id, t.from_id), (t.from_id, t.account_id)))
              and not exists (select from mutes m where m.account_id = t.account_id and m.target_id = t.from_id
                              and m.hide_notifications and (m.expires_at is null or m.expires_at > $8))
              and not exists (select from account_domain_blocks d join accounts o on o.domain = d.domain
                              where d.account_id = t.account_id and o.id = t.from_id)
              and not exists (select from thread_mutes tm where tm.account_id = t.account_id
                              and tm.conversation_id = p.conversation_id)
              and (p.id is null or p.visibility < 2 or p.account_id = t.account_id
                   or exists (select from mentions m where m.post_id = p.id and m.account_id = t.account_id)
                   or (p.visibility = 2 and exists (
                        select from follows f where f.account_id = t.account_id and f.target_id = p.account_id)))
        ), written as (
            insert into notifications (account_id, kind, from_id, post_id, cause, group_key, filtered, created_at)
            select t.account_id, $4, t.from_id, t.post_id, t.cause,
                   case when $5 then concat_ws('-', $4::text, t.post_id, coalesce((
                       select max(open) from generate_series($6::integer - $7::integer + 1, $6) open
                       where exists (select from notifications n where n.account_id = t.account_id
                                     and n.group_key = concat_ws('-', $4::text, t.post_id, open))
                   ), $6)) end,
                   t.treatment = 1, $8
            from judged t
            where t.treatment < 2
            on conflict (account_id, kind, cause) do nothing
            returning account_id, id, from_id, post_id, filtered
        ), requested as (
            insert into notification_requests (account_id, from_id, last_post_id, created_at, updated_at)
            select w.account_id, w.from_id, p.id, $8, $8
            from written w left join posts p on p.id = w.post_id and p.account_id = w.from_id where w.filtered
            on conflict (account_id, from_id) do update set updated_at = excluded.updated_at,
                last_post_id = coalesce(excluded.last_post_id, notification_requests.last_post_id)
        )
        select (select case when count(*) = $3 then max(account_id) end from told) as last,
               (select array_agg(account_id order by id) from written where not filtered) as accounts,
               (select array_agg(id order by id) from written where not filtered) as notifications
        """,
        subject,
        after,
        batch,
        kind,
        groupable,
        hour(tx.now),
        GROUP_SPAN,
        tx.now,
        filterable,
    )
    assert row is not None
    return Telling(row["last"], list(zip(row["accounts"] or [], row["notifications"] or [], strict=True)))


async def forget(tx: Tx, account: AccountId, kind: str, cause: int) -> None:
    """Remove what somebody was told because of this."""
    await tx.run("delete from notifications where account_id = $1 and kind = $2 and cause = $3", account, kind, cause)


async def forget_boost(tx: Tx, original: PostId, boost: PostId) -> None:
    """Remove what the author of a post was told of a boost that is gone."""
    await tx.run(
        """
        delete from notifications n using posts p
        where p.id = $1 and n.account_id = p.account_id and n.kind = 'reblog' and n.cause = $2
        """,
        original,
        boost,
    )


async def forget_follow(tx: Tx, follower: AccountId, target: AccountId) -> None:
    """Remove what somebody was told of a follow that is gone, and not of one that began since."""
    await tx.run(
        """
        delete from notifications n where n.account_id = $2 and n.from_id = $1 and n.kind = 'follow'
        and not exists (select from follows f where f.id = n.cause)
        """,
        follower,
        target,
    )


async def forget_earlier_updates(tx: Tx, post: PostId) -> None:
    """Remove what anybody was told of any but the newest edit of a post."""
    await tx.run(
        """
        delete from notifications where post_id = $1 and kind in ('update', 'quoted_update')
        and cause < (select max(id) from post_edits where post_id = $1)
        """,
        post,
    )


async def forget_earlier_collection_updates(tx: Tx, collection: CollectionId) -> None:
    """Remove what anybody was told of a collection before it said what it says now."""
    await tx.run(
        """
        delete from notifications n using collection_items i, collections c
        where c.id = $1 and i.collection_id = c.id and n.account_id = i.account_id and n.kind = 'collection_update'
          and n.cause = i.id and n.created_at < c.updated_at
        """,
        collection,
    )


async def forget_items(tx: Tx, items: Sequence[CollectionItemId], accounts: Sequence[AccountId]) -> None:
    """Remove what accounts were told of their places in collections: of each item, its account."""
    await tx.run(
        """
        delete from notifications n using unnest($1::bigint[], $2::bigint[]) as gone (item, account)
        where n.account_id = gone.account and n.kind in ('added_to_collection', 'collection_update')
          and n.cause = gone.item
        """,
        items,
        accounts,
    )


async def forget_blocked(tx: Tx, account: AccountId, source: AccountId) -> None:
    """Remove all that somebody was told of an account they block."""
    await tx.run(
        """
        delete from notifications where account_id = $1 and from_id = $2
        and exists (select from blocks where account_id = $1 and target_id = $2)
        """,
        account,
        source,
    )


async def forget_muted(tx: Tx, account: AccountId, source: AccountId) -> None:
    """Remove all that somebody was told of an account whose notifications they hide."""
    await tx.run(
        """
        delete from notifications where account_id = $1 and from_id = $2
        and exists (select from mutes where account_id = $1 and target_id = $2 and hide_notifications)
        """,
        account,
        source,
    )


async def forget_domain(tx: Tx, account: AccountId, domain: str) -> None:
    """Remove all that somebody was told of accounts of a server they hide."""
    await tx.run(
        """
        delete from notifications n using accounts a
        where n.account_id = $1 and a.id = n.from_id and a.domain = $2
        and exists (select from account_domain_blocks where account_id = $1 and domain = $2)
        """,
        account,
        domain,
    )


async def dismiss(tx: Tx, account: AccountId, notification: NotificationId) -> bool:
    """Remove one; whether it was there."""
    return await tx.run("delete from notifications where id = $1 and account_id = $2", notification, account) == 1


async def clear(tx: Tx, account: AccountId) -> None:
    """Remove all of somebody's."""
    await tx.run("delete from notifications where account_id = $1", account)

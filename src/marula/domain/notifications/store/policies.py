"""The SQL of policies: what people do with notifications of those they may not want to hear from."""

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.domain.notifications.rules import MOST_COUNTED, NEW_ACCOUNT, NEW_FOLLOWER
from marula.domain.notifications.types import Policy, PolicyChanges, Treatment, Waiting

TREATMENT = f"""
    select case
        when s.account_id is not null or allowed.account_id is not null then 0
        else greatest(
            case when f.id is null then coalesce(w.for_not_following, 0) else 0 end,
            case when back.id is null then coalesce(w.for_not_followers, 0) else 0 end,
            case when f.id is null and o.created_at > $8::timestamptz - interval '{NEW_ACCOUNT} seconds'
                 then coalesce(w.for_new_accounts, 0) else 0 end,
            case when f.id is null and o.silenced_at is not null then coalesce(w.for_limited_accounts, 1) else 0 end,
            case when f.id is null and o.actor_type in ('Service', 'Application')
                 then coalesce(w.for_bots, 0) else 0 end,
            case when f.id is null and $4 = 'mention' and p.visibility = 3 and not exists (
                     select from posts q join mentions m on m.post_id = q.id and m.account_id = t.from_id
                     where q.conversation_id = p.conversation_id and q.account_id = t.account_id)
                 then coalesce(w.for_private_mentions, 1) else 0 end
        ) end as treatment
    from accounts o
    left join notification_policies w on w.account_id = t.account_id
    left join follows f on f.account_id = t.account_id and f.target_id = t.from_id
    left join follows back on back.account_id = t.from_id and back.target_id = t.account_id
              and back.created_at < $8::timestamptz - interval '{NEW_FOLLOWER} seconds'
    left join notification_permissions allowed on allowed.account_id = t.account_id and allowed.from_id = t.from_id
    left join (users s join roles sr on sr.id = s.role_id and sr.permissions <> 0 and sr.highlighted)
              on s.account_id = t.from_id
    where o.id = t.from_id
"""
"""What the policy of t.account_id does with what t.from_id did: 0 accept, 1 filter, 2 drop. $4 is the kind, $8 now.

The sternest of the rules that apply counts. Those whom one follows are held back by the rule for followers only;
those one accepted, and those who visibly run this server, never.
"""


async def policy(db: Connection, account: AccountId) -> Policy:
    """What somebody wants; those who never said have the usual one."""
    row = await db.one(
        """
        select for_not_following, for_not_followers, for_new_accounts, for_private_mentions, for_limited_accounts,
               for_bots
        from notification_policies where account_id = $1
        """,
        account,
    )
    return Policy() if row is None else Policy(**{name: Treatment(value) for name, value in dict(row).items()})


async def change(tx: Tx, account: AccountId, changes: PolicyChanges) -> bool:
    """Write what is to change; whether it was something else before. One change of somebody's waits for the other."""
    await tx.run("select from accounts where id = $1 for no key update", account)
    old = await policy(tx, account)
    new = changes.applied_to(old)
    if new == old:
        return False
    await tx.run(
        """
        insert into notification_policies (account_id, for_not_following, for_not_followers, for_new_accounts,
            for_private_mentions, for_limited_accounts, for_bots) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (account_id) do update set for_not_following = excluded.for_not_following,
            for_not_followers = excluded.for_not_followers, for_new_accounts = excluded.for_new_accounts,
            for_private_mentions = excluded.for_private_mentions,
            for_limited_accounts = excluded.for_limited_accounts, for_bots = excluded.for_bots
        """,
        account,
        new.for_not_following,
        new.for_not_followers,
        new.for_new_accounts,
        new.for_private_mentions,
        new.for_limited_accounts,
        new.for_bots,
    )
    return True


async def waiting(db: Connection, account: AccountId) -> Waiting:
    """How much is held back; both counts stop at a hundred."""
    row = await db.one(
        """
        select (select count(*) from (
                   select from notification_requests r join accounts a on a.id = r.from_id and a.suspended_at is null
                   where r.account_id = $1 and exists (
                       select from notifications n where n.account_id = $1 and n.from_id = r.from_id and n.filtered)
                   limit $2) counted) as requests,
               (select count(*) from (
                   select from notifications n
                   join notification_requests r on r.account_id = $1 and r.from_id = n.from_id
                   join accounts a on a.id = n.from_id and a.suspended_at is null
                   where n.account_id = $1 and n.filtered limit $2) counted) as notifications
        """,
        account,
        MOST_COUNTED,
    )
    assert row is not None
    return Waiting(requests=row["requests"], notifications=row["notifications"])

"""The SQL of pushes."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from marula.base.crypto.web_push import Receiver
from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, NotificationId, PushSubscriptionId, TokenId
from marula.domain.push.types import NewSubscription, Subscription, Wake, Wishes

_COLUMNS = "s.id, s.token_id, s.account_id, s.endpoint, s.p256dh, s.auth, s.standard, s.alerts, s.policy"

_alerts = msgspec.json.Decoder(dict[str, bool])


def _subscription(row: Row) -> Subscription:
    return Subscription(
        id=row["id"],
        token_id=row["token_id"],
        account_id=row["account_id"],
        endpoint=row["endpoint"],
        receiver=Receiver(row["p256dh"], row["auth"]),
        standard=row["standard"],
        wishes=Wishes(alerts=_alerts.decode(row["alerts"]), policy=row["policy"]),
    )


async def of_token(db: Connection, token: TokenId) -> Subscription | None:
    """The subscription of a token."""
    row = await db.one(f"select {_COLUMNS} from push_subscriptions s where s.token_id = $1", token)
    return None if row is None else _subscription(row)


async def put(tx: Tx, who: AccountId, token: TokenId, new: NewSubscription, sealed: bytes) -> Subscription:
    """Write the subscription of a token, with an id of its own, over the one it had."""
    row = await tx.one(
        f"""
        insert into push_subscriptions as s
            (token_id, account_id, endpoint, p256dh, auth, standard, alerts, policy, sealed_token, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (token_id) do update set
            id = excluded.id, endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth,
            standard = excluded.standard, alerts = excluded.alerts, policy = excluded.policy,
            sealed_token = excluded.sealed_token, created_at = excluded.created_at
        returning {_COLUMNS}
        """,
        token,
        who,
        new.endpoint,
        new.receiver.p256dh,
        new.receiver.auth,
        new.standard,
        msgspec.json.encode(new.wishes.alerts).decode(),
        new.wishes.policy,
        sealed,
        tx.now,
    )
    assert row is not None
    return _subscription(row)


async def revise(tx: Tx, token: TokenId, wishes: Wishes) -> Subscription | None:
    """Write other wishes over those of a token's subscription; None when it has none."""
    row = await tx.one(
        f"update push_subscriptions s set alerts = $2, policy = $3 where s.token_id = $1 returning {_COLUMNS}",
        token,
        msgspec.json.encode(wishes.alerts).decode(),
        wishes.policy,
    )
    return None if row is None else _subscription(row)


async def delete_of_token(tx: Tx, token: TokenId) -> AccountId | None:
    """Remove the subscription of a token; gives whose it was."""
    return await tx.value("delete from push_subscriptions where token_id = $1 returning account_id", token)


async def delete_of_tokens(tx: Tx, tokens: Sequence[TokenId]) -> None:
    """Remove the subscriptions of tokens."""
    await tx.run("delete from push_subscriptions where token_id = any($1::bigint[])", tokens)


async def delete(tx: Tx, subscription: PushSubscriptionId, endpoint: str) -> tuple[AccountId, TokenId] | None:
    """Remove a subscription that leads to this address; gives its account and its token."""
    row = await tx.one(
        "delete from push_subscriptions where id = $1 and endpoint = $2 returning account_id, token_id",
        subscription,
        endpoint,
    )
    return None if row is None else (row["account_id"], row["token_id"])


async def wanting(db: Connection, kind: str, told: Sequence[tuple[AccountId, NotificationId]]) -> list[Wake]:
    """Of those who were told of something, each subscription that wants pushes of this kind."""
    rows = await db.all(
        """
        select s.id, s.account_id, t.notification
        from unnest($1::bigint[], $2::bigint[]) as t (account, notification)
        join push_subscriptions s on s.account_id = t.account
        where s.alerts @> jsonb_build_object($3::text, true) and s.policy <> 'none'
        order by t.notification, s.id
        """,
        [account for account, _ in told],
        [notification for _, notification in told],
        kind,
    )
    return [Wake(row["id"], row["account_id"], row["notification"]) for row in rows]


async def willing(
    db: Connection, subscription: PushSubscriptionId, kind: str, source: AccountId, now: datetime
) -> tuple[Subscription, bytes, str | None] | None:
    """A subscription that wants pushes of this kind and source, with its sealed token and the language of its person.

    None when its token is worth nothing, when its person may not sign in, and when a block, a hidden server or a mute
    that hides notifications stands between the two by now.
    """
    row = await db.one(
        f"""
        select {_COLUMNS}, s.sealed_token, u.locale
        from push_subscriptions s
        join tokens t on t.id = s.token_id and t.revoked_at is null and (t.expires_at is null or t.expires_at > $4)
        join users u on u.id = t.user_id and u.confirmed_at is not null and u.approved and not u.disabled
        join accounts a on a.id = u.account_id and a.suspended_at is null
        where s.id = $1 and s.alerts @> jsonb_build_object($2::text, true)
          and case s.policy
                when 'all' then true
                when 'followed' then exists (select from follows f where (f.account_id, f.target_id) = (a.id, $3))
                when 'follower' then exists (select from follows f where (f.account_id, f.target_id) = ($3, a.id))
                else false
              end
          and not exists (select from blocks b where (b.account_id, b.target_id) in ((a.id, $3), ($3, a.id)))
          and not exists (select from mutes m where m.account_id = a.id and m.target_id = $3
                          and m.hide_notifications and (m.expires_at is null or m.expires_at > $4))
          and not exists (select from account_domain_blocks d join accounts o on o.domain = d.domain
                          where d.account_id = a.id and o.id = $3)
        """,
        subscription,
        kind,
        source,
        now,
    )
    return None if row is None else (_subscription(row), row["sealed_token"], row["locale"])

"""The SQL of owing."""

from collections.abc import Mapping

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.domain.deliveries.types import FINAL, Parcel, ParcelId

WAKE = "marula_deliveries"
"""The NOTIFY channel on which sleeping couriers hear of new deliveries."""

SENDERS = 0x6D617273
"""The class of the locks by which those who owe something for one sender take turns."""


async def lock_sender(tx: Tx, sender: AccountId) -> None:
    """One transaction at a time owes for a sender, so that the order of ids is the order of commits."""
    await tx.run("select pg_advisory_xact_lock($1, $2)", SENDERS, int(sender) % 2**31)


async def is_over(db: Connection, sender: AccountId, subject: str) -> bool:
    """Whether the end of this subject is owed already."""
    return await db.value(
        "select exists (select from parcels where subject = $2 and sender = $1 and kind = $3)", sender, subject, FINAL
    )


async def put_parcel(tx: Tx, parcel: Parcel) -> ParcelId:
    """Keep a parcel; one that is kept already stays as it is, but for bytes that were forgotten."""
    return await tx.value(
        """
        with kept as (
            insert into parcels as known (uri, sender, kind, body, subject, post_id, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (uri) do update set body = excluded.body where known.body = '' returning id
        )
        select id from kept union all select id from parcels where uri = $1 limit 1
        """,
        parcel.uri,
        parcel.sender,
        parcel.kind,
        parcel.body,
        parcel.subject,
        parcel.post_id,
        tx.now,
    )


async def owe(
    tx: Tx, parcel: ParcelId, sender: AccountId, inboxes: Mapping[str, str], dropped: Mapping[str, str]
) -> None:
    """Write what is owed, put it into the lines of its servers, and wake the couriers when this commits.

    Takes: `inboxes` with their hosts; `dropped`: hosts to which nothing is sent, and why. The lines are written in the
    order of their hosts: whoever writes several lines does, for they would wait for each other otherwise.
    """
    await tx.run(
        """
        with given as (select * from unnest($3::text[], $4::text[], $5::text[]) as given (inbox, host, why)),
        owed as (
            insert into deliveries (parcel_id, sender, inbox, host, state, owed_at, why)
            select $1, $2::bigint, inbox, host, case when why is null then 'waiting' else 'dropped' end, $6, why
            from given on conflict (parcel_id, inbox) do nothing
            returning host, state
        ),
        lined as (
            insert into delivery_lines as line (host, sender, due_at)
            select host, $2, $6::timestamptz from (select distinct host from owed where state = 'waiting') as waiting
            order by host
            on conflict (host, sender) do update set touched = line.touched + 1,
                due_at = case when line.failures = 0 then least(line.due_at, excluded.due_at) else line.due_at end
            returning host
        )
        select pg_notify($7, '') from lined limit 1
        """,
        parcel,
        sender,
        list(inboxes),
        list(inboxes.values()),
        [dropped.get(host) for host in inboxes.values()],
        tx.now,
        WAKE,
    )

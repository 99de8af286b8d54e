"""The SQL of follows that ended with a blocked server, kept to be given back."""

from datetime import timedelta

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId
from marula.domain.relationships.store.follows import with_languages
from marula.domain.relationships.types import FollowOptions, SeveredFollow

KEPT = timedelta(days=180)


async def keep(tx: Tx, domain: str, one: AccountId, other: AccountId) -> None:
    """Keep the follows between two people as they are now, in both directions."""
    await tx.run(
        """
        insert into severed_follows (account_id, target_id, domain, show_reblogs, notify, languages, severed_at)
        select account_id, target_id, $1, show_reblogs, notify, languages, $4 from follows
        where (account_id = $2 and target_id = $3) or (account_id = $3 and target_id = $2)
        on conflict (account_id, target_id) do update
        set domain = excluded.domain, show_reblogs = excluded.show_reblogs, notify = excluded.notify,
            languages = excluded.languages, severed_at = excluded.severed_at
        """,
        domain,
        one,
        other,
        tx.now,
    )


async def take(tx: Tx, domain: str, most: int) -> list[SeveredFollow]:
    """Take out so many of the follows that ended with a server, the oldest first."""
    rows = await tx.all(
        """
        delete from severed_follows where (account_id, target_id) in (
            select account_id, target_id from severed_follows where domain = $1
            order by severed_at, account_id, target_id limit $2 for update
        ) returning account_id, target_id, show_reblogs, notify, languages
        """,
        domain,
        most,
    )
    return [
        SeveredFollow(
            account_id=row["account_id"],
            target_id=row["target_id"],
            options=FollowOptions(
                reblogs=row["show_reblogs"], notify=row["notify"], languages=with_languages(row)["languages"]
            ),
        )
        for row in rows
    ]


async def forget(tx: Tx) -> None:
    """Remove those that nobody has given back in half a year."""
    await tx.run("delete from severed_follows where severed_at < $1", tx.now - KEPT)

"""The SQL of departures."""

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId


async def acquainted(db: Connection, who: AccountId) -> list[str]:
    """The inboxes of those who had to do with a local account, the shared ones of their servers where there are any.

    Those who follow or are followed, who are named in its posts, whose posts it answered, boosted or favourited, and
    who did so with its own. Costs: one statement.
    """
    rows = await db.all(
        """
        with written as (
            select id, reblog_of_id, in_reply_to_account_id from posts where account_id = $1
        ), people (id) as (
            select account_id from follows where target_id = $1
            union select target_id from follows where account_id = $1
            union select target_id from follow_requests where account_id = $1
            union select m.account_id from written join mentions m on m.post_id = written.id
            union select in_reply_to_account_id from written
            union select p.account_id from written join posts p on p.id = written.reblog_of_id
            union select p.account_id from written join posts p on p.reblog_of_id = written.id
            union select p.account_id from written join posts p on p.in_reply_to_id = written.id
            union select f.account_id from written join favourites f on f.post_id = written.id
            union select p.account_id from favourites f join posts p on p.id = f.post_id where f.account_id = $1
        )
        select distinct coalesce(a.shared_inbox, a.inbox) as inbox
        from people join actors a on a.account_id = people.id order by inbox
        """,
        who,
    )
    return [row["inbox"] for row in rows]

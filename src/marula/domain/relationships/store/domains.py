"""The SQL of servers that people hide."""

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain.relationships.types import HiddenDomain, Losses


async def hide(tx: Tx, who: AccountId, domain: str) -> bool:
    """Write that somebody hides a server. Says whether it is new."""
    written = await tx.run(
        "insert into account_domain_blocks (account_id, domain, created_at) values ($1, $2, $3) on conflict do nothing",
        who,
        domain,
        tx.now,
    )
    return written == 1


async def unhide(tx: Tx, who: AccountId, domain: str) -> bool:
    """End it. Says whether there was anything to end."""
    return await tx.run("delete from account_domain_blocks where account_id = $1 and domain = $2", who, domain) == 1


async def hidden(db: Connection, who: AccountId, page: Page) -> list[HiddenDomain]:
    """The servers that somebody hides, the latest first."""
    rows = await db.all(
        f"""
        select id, domain from account_domain_blocks where account_id = $1 and id < $2 and id > $3
        order by id {page.order} limit $4
        """,
        who,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([HiddenDomain(row["id"], row["domain"]) for row in rows])


async def losses(db: Connection, who: AccountId, domain: str) -> Losses:
    """How many follows would end if somebody hid a server."""
    row = await db.one(
        """
        select (select count(*) from follows f join accounts a on a.id = f.account_id
                where f.target_id = $1 and a.domain = $2) as followers,
               (select count(*) from follows f join accounts a on a.id = f.target_id
                where f.account_id = $1 and a.domain = $2) as following
        """,
        who,
        domain,
    )
    assert row is not None
    return Losses(**dict(row))


async def tied(db: Connection, who: AccountId, domain: str, most: int) -> list[AccountId]:
    """Those of a server that somebody hides whom they follow, who follow them, or who are asked, so many at most."""
    rows = await db.all(
        """
        select distinct tie.other from (
            select target_id as other from follows where account_id = $1
            union all select account_id from follows where target_id = $1
            union all select target_id from follow_requests where account_id = $1
            union all select account_id from follow_requests where target_id = $1
        ) tie join accounts a on a.id = tie.other
        where a.domain = $2
          and exists (select from account_domain_blocks d where d.account_id = $1 and d.domain = $2)
        order by tie.other limit $3
        """,
        who,
        domain,
        most,
    )
    return [row["other"] for row in rows]


async def ties(db: Connection, domain: str, most: int) -> list[tuple[AccountId, AccountId]]:
    """Pairs of somebody of this server and somebody of another one who follow or ask each other, so many at most."""
    rows = await db.all(
        """
        with others as materialized (select id from accounts where domain = $1)
        select distinct who, other from (
            select f.account_id as who, f.target_id as other from others o join follows f on f.target_id = o.id
            union all select f.target_id, f.account_id from others o join follows f on f.account_id = o.id
            union all select r.account_id, r.target_id from others o join follow_requests r on r.target_id = o.id
            union all select r.target_id, r.account_id from others o join follow_requests r on r.account_id = o.id
        ) tied join accounts a on a.id = who and a.domain is null
        order by who, other limit $2
        """,
        domain,
        most,
    )
    return [(row["who"], row["other"]) for row in rows]

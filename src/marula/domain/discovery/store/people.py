"""The SQL of searching people by their names."""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.domain.discovery.store.conditions import PRESENT

CANDIDATES = 200
"""Rows that each source gives a search at most, before the best are put first."""

_EXACT = "lower(a.username) = $1 and coalesce(a.domain, '') = $2"
_ADDRESS = """
    lower(a.username) = $1
    and (coalesce(a.domain, '') = $2 or $2 <> '' and starts_with(coalesce(a.domain, ''), $2))
"""
_OTHERS = """
    not exists (select from unnest(($4::text[])[2:]) as other (beginning) where not exists (
        select from search_names o where o.account_id = {who} and starts_with(o.word, other.beginning)))
"""
_ANYBODY = f"""
    (select id from accounts where lower(username) ~>=~ $3 and lower(username) ~<~ ($3 || chr(1114111))
     order by lower(username) using ~<~ limit {CANDIDATES})
    union
    (select n.account_id from search_names n
     where n.word ~>=~ ($4::text[])[1] and n.word ~<~ (($4::text[])[1] || chr(1114111))
       and {_OTHERS.format(who="n.account_id")}
     order by n.word using ~<~ limit {CANDIDATES})
    union
    (select id from accounts a where {_ADDRESS} limit {CANDIDATES})
"""
_FOLLOWED = f"""
    select a.id from follows f join accounts a on a.id = f.target_id
    where f.account_id = $5 and (starts_with(lower(a.username), $3) or {_ADDRESS} or (
        {_OTHERS.format(who="a.id")} and exists (
            select from search_names n where n.account_id = a.id and starts_with(n.word, ($4::text[])[1]))))
"""


async def found(
    db: Connection,
    typed: str,
    handle: tuple[str, str],
    beginnings: Sequence[str],
    *,
    viewer: AccountId | None,
    following: bool,
    exact: bool,
    limit: int,
    offset: int,
) -> list[AccountId]:
    """Accounts whose username begins as typed, or whose names have words that begin so: the exact handle first.

    Then come those whom the viewer follows, then those whom most follow.
    Takes: `typed` in lower case; the handle it may be, a name and the beginning of a domain, the empty one is ours;
    the beginnings of words, the one that fewest names have first. `following`: only whom the viewer follows. `exact`:
    only the handle.
    Costs: one statement, on indexes, which orders at most a few hundred candidates.
    """
    if exact:
        candidates = f"select a.id from accounts a where {_EXACT}"
    elif following:
        candidates = _FOLLOWED
    else:
        candidates = _ANYBODY if viewer is None else f"{_ANYBODY} union ({_FOLLOWED} limit {CANDIDATES})"
    rows = await db.all(
        f"""
        select a.id from accounts a
        left join account_stats s on s.account_id = a.id
        left join follows f on f.account_id = $5::bigint and f.target_id = a.id
        where a.id in ({candidates}) and {PRESENT} and $3::text is not null and $4::text[] is not null
        order by {_EXACT} desc, f.id is not null desc, s.followers_count desc, a.id
        limit $6 offset $7
        """,
        *handle,
        typed,
        beginnings,
        viewer,
        limit,
        offset,
    )
    return [row["id"] for row in rows]


async def names(db: Connection, accounts: Sequence[AccountId]) -> list[tuple[AccountId, str, str]]:
    """Username and display name of accounts."""
    rows = await db.all(
        "select id, username, display_name from accounts where id = any($1::bigint[]) for share", accounts
    )
    return [(row["id"], row["username"], row["display_name"]) for row in rows]


async def put(tx: Tx, accounts: Sequence[AccountId], words: Sequence[tuple[AccountId, str]]) -> None:
    """Keep the words of the names of these accounts, and no others.

    Costs: one statement.
    """
    await tx.run(
        """
        with wanted as (
            select * from unnest($2::bigint[], $3::text[]) as w (account_id, word)
        ), gone as (
            delete from search_names n where n.account_id = any($1::bigint[])
              and not exists (select from wanted w where w.account_id = n.account_id and w.word = n.word)
        )
        insert into search_names (account_id, word) select account_id, word from wanted on conflict do nothing
        """,
        accounts,
        [account for account, _ in words],
        [word for _, word in words],
    )


async def below(db: Connection, below: int, most: int) -> list[AccountId]:
    """The newest accounts below an id."""
    rows = await db.all("select id from accounts where id < $1 order by id desc limit $2", below, most)
    return [row["id"] for row in rows]

"""The SQL of filters."""

from collections.abc import Sequence

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, FilteredPostId, FilterId, KeywordId, PostId
from marula.domain.filters.types import Filter, FilterAction, FilterChanges, FilterContext, FilteredPost, Keyword

_FILTER = """
    select f.id, f.account_id, f.title, f.contexts, f.action, f.expires_at,
           (select json_agg(json_build_array(k.id, k.keyword, k.whole_word) order by k.id)
            from filter_keywords k where k.filter_id = f.id)::text as keywords,
           (select json_agg(json_build_array(p.id, p.post_id) order by p.id)
            from filter_posts p where p.filter_id = f.id)::text as posts
    from filters f
"""

_keywords = msgspec.json.Decoder(list[tuple[int, str, bool]])
_posts = msgspec.json.Decoder(list[tuple[int, int]])


def _filter(row: Row) -> Filter:
    keywords = _keywords.decode(row["keywords"]) if row["keywords"] else []
    posts = _posts.decode(row["posts"]) if row["posts"] else []
    return Filter(
        id=row["id"],
        account_id=row["account_id"],
        title=row["title"],
        contexts=tuple(row["contexts"]),
        action=row["action"],
        expires_at=row["expires_at"],
        keywords=tuple(Keyword(id=KeywordId(a), keyword=b, whole_word=c) for a, b, c in keywords),
        posts=tuple(FilteredPost(id=FilteredPostId(a), post_id=PostId(b)) for a, b in posts),
    )


async def of_account(db: Connection, who: AccountId) -> list[Filter]:
    """The filters of somebody, the oldest first, whole."""
    return [_filter(row) for row in await db.all(f"{_FILTER} where f.account_id = $1 order by f.id", who)]


async def by_id(db: Connection, who: AccountId, which: FilterId) -> Filter | None:
    """A filter of somebody; None also when it is another's."""
    row = await db.one(f"{_FILTER} where f.id = $2 and f.account_id = $1", who, which)
    return None if row is None else _filter(row)


async def with_keyword(db: Connection, who: AccountId, which: KeywordId) -> Filter | None:
    """The filter of somebody that has this keyword."""
    row = await db.one(
        f"{_FILTER} where f.account_id = $1 and f.id = (select filter_id from filter_keywords where id = $2)",
        who,
        which,
    )
    return None if row is None else _filter(row)


async def with_post(db: Connection, who: AccountId, which: FilteredPostId) -> Filter | None:
    """The filter of somebody that has this entry of a post."""
    row = await db.one(
        f"{_FILTER} where f.account_id = $1 and f.id = (select filter_id from filter_posts where id = $2)", who, which
    )
    return None if row is None else _filter(row)


async def filtering(db: Connection, accounts: Sequence[AccountId]) -> set[AccountId]:
    """Those of these accounts that have any filter."""
    rows = await db.all("select distinct account_id from filters where account_id = any($1::bigint[])", accounts)
    return {row["account_id"] for row in rows}


async def count(db: Connection, who: AccountId) -> int:
    """How many filters somebody has."""
    return await db.value("select count(*) from filters where account_id = $1", who)


async def insert(
    tx: Tx, who: AccountId, title: str, contexts: Sequence[FilterContext], action: FilterAction
) -> FilterId:
    """Write a filter."""
    return await tx.value(
        """
        insert into filters (id, account_id, title, contexts, action, created_at)
        values (marula_id($5), $1, $2, $3, $4, $5) returning id
        """,
        who,
        title,
        contexts,
        action,
        tx.now,
    )


async def revise(tx: Tx, which: FilterId, changes: FilterChanges) -> None:
    """Write what is set."""
    given = {name: getattr(changes, name) for name in ("title", "contexts", "action", "expires_at")}
    values = {name: value for name, value in given.items() if value is not msgspec.UNSET}
    if values:
        assignments = ", ".join(f"{name} = ${place}" for place, name in enumerate(values, 2))
        await tx.run(f"update filters set {assignments} where id = $1", which, *values.values())


async def delete(tx: Tx, which: FilterId) -> None:
    """Remove a filter with its keywords."""
    await tx.run("delete from filters where id = $1", which)


async def insert_keyword(tx: Tx, which: FilterId, keyword: str, whole_word: bool) -> KeywordId:
    """Write a keyword."""
    return await tx.value(
        """
        insert into filter_keywords (id, filter_id, keyword, whole_word)
        values (marula_id($4), $1, $2, $3) returning id
        """,
        which,
        keyword,
        whole_word,
        tx.now,
    )


async def revise_keyword(tx: Tx, which: KeywordId, keyword: str, whole_word: bool) -> None:
    """Write a keyword anew."""
    await tx.run("update filter_keywords set keyword = $2, whole_word = $3 where id = $1", which, keyword, whole_word)


async def delete_keyword(tx: Tx, which: KeywordId) -> None:
    """Remove a keyword."""
    await tx.run("delete from filter_keywords where id = $1", which)


async def insert_post(tx: Tx, which: FilterId, post: PostId) -> FilteredPostId:
    """Write a post into a filter, once; gives its entry."""
    return await tx.value(
        """
        insert into filter_posts (id, filter_id, post_id) values (marula_id($3), $1, $2)
        on conflict (filter_id, post_id) do update set post_id = excluded.post_id returning id
        """,
        which,
        post,
        tx.now,
    )


async def delete_post(tx: Tx, which: FilteredPostId) -> None:
    """Take a post out of a filter."""
    await tx.run("delete from filter_posts where id = $1", which)

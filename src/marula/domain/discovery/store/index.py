"""The SQL of the index of posts."""

from collections.abc import Sequence
from typing import Any

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.discovery.types import Searchable
from marula.domain.media import Kind
from marula.domain.posts import Visibility


async def searchable(tx: Tx, posts: Sequence[PostId]) -> list[Searchable]:
    """What of these posts is to be found: no boosts. They are held against changes until the transaction ends."""
    rows = await tx.all(
        """
        select p.id, p.account_id, p.local, p.visibility, p.text, p.html, p.spoiler_text, p.sensitive, p.language,
               p.in_reply_to_id is not null as answers, a.indexable,
               coalesce((select options from polls x where x.post_id = p.id), '{}') as poll_options,
               array(select distinct m.kind from media_attachments m
                     where m.post_id = p.id and m.position is not null) as media,
               array(select m.description from media_attachments m
                     where m.post_id = p.id and m.position is not null and m.description is not null
                     order by m.position) as descriptions,
               exists (select from search_library l where l.post_id = p.id) as kept
        from posts p join accounts a on a.id = p.account_id
        where p.id = any($1::bigint[]) and p.reblog_of_id is null for share of p
        """,
        posts,
    )
    return [_searchable(dict(row)) for row in rows]


def _searchable(values: dict[str, Any]) -> Searchable:
    values["visibility"] = Visibility(values["visibility"])
    values["media"] = tuple(Kind(kind) for kind in values["media"])
    values["poll_options"], values["descriptions"] = tuple(values["poll_options"]), tuple(values["descriptions"])
    return Searchable(**values)


async def put(tx: Tx, documents: Sequence[tuple[PostId, AccountId, str]]) -> None:
    """Keep under what posts are found. What says the same already is not written again."""
    await tx.run(
        """
        insert into search_posts as s (post_id, account_id, words)
        select * from unnest($1::bigint[], $2::bigint[], $3::tsvector[])
        on conflict (post_id) do update set words = excluded.words where s.words <> excluded.words
        """,
        [post for post, _, _ in documents],
        [account for _, account, _ in documents],
        [words for _, _, words in documents],
    )


async def drop(tx: Tx, posts: Sequence[PostId]) -> None:
    """Let these posts be found no longer."""
    await tx.run("delete from search_posts where post_id = any($1::bigint[])", posts)


async def of_account(db: Connection, account: AccountId, below: int, most: int) -> list[PostId]:
    """The newest posts of an account below an id, without boosts."""
    rows = await db.all(
        """
        select id from posts where account_id = $1 and id < $2 and reblog_of_id is null order by id desc limit $3
        """,
        account,
        below,
        most,
    )
    return [row["id"] for row in rows]


async def below(db: Connection, below: int, most: int) -> list[PostId]:
    """The newest of all posts below an id, boosts too."""
    rows = await db.all("select id from posts where id < $1 order by id desc limit $2", below, most)
    return [row["id"] for row in rows]


async def settle_author(tx: Tx, account: AccountId) -> bool:
    """Note whether an author lets anybody find their posts. Says whether that is different now."""
    return (
        await tx.run(
            """
            insert into search_authors as s (account_id, indexable)
            select id, indexable from accounts where id = $1 and (indexable or exists (
                select from search_authors where account_id = $1))
            on conflict (account_id) do update set indexable = excluded.indexable
            where s.indexable <> excluded.indexable
            """,
            account,
        )
        == 1
    )

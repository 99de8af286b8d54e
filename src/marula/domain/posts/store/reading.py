"""The SQL that reads posts: rows for the rules, who is named, and what a post said before."""

from collections.abc import Sequence

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, ConversationId, PostId
from marula.domain.posts.types import (
    Deed,
    Permit,
    Placed,
    Post,
    Quoters,
    Ties,
    Visibility,
)

_POST = """
    select p.id, p.account_id, p.local, p.visibility, p.text, p.spoiler_text, p.sensitive, p.language,
           p.in_reply_to_id, p.in_reply_to_account_id, p.reblog_of_id, p.conversation_id, p.version,
           p.created_at, p.edited_at, p.quote_automatic, p.quote_manual, p.answers_others, p.held_visibility,
           a.suspended_at is not null as author_suspended
    from posts p join accounts a on a.id = p.account_id
"""


def _post(row: Row) -> Post:
    values = dict(row)
    values["visibility"] = Visibility(values["visibility"])
    values["quote_automatic"], values["quote_manual"] = Quoters(row["quote_automatic"]), Quoters(row["quote_manual"])
    held = row["held_visibility"]
    values["held_visibility"] = None if held is None else Visibility(held)
    return Post(**values)


async def by_id(db: Connection, post: PostId) -> Post | None:
    """A post, whoever may see it."""
    row = await db.one(_POST + "where p.id = $1", post)
    return None if row is None else _post(row)


async def document_of(db: Connection, post: PostId) -> bytes | None:
    """What another server sent of a post, compressed, if it is kept."""
    return await db.value("select document from post_documents where post_id = $1", post)


async def by_uris(db: Connection, uris: Sequence[str]) -> dict[str, PostId]:
    """The posts and boosts of other servers with these ids."""
    rows = await db.all("select uri, id from posts where uri = any($1::text[])", uris)
    return {row["uri"]: row["id"] for row in rows}


async def locked(tx: Tx, post: PostId) -> Post | None:
    """A post, held against changes by others until the transaction ends."""
    row = await tx.one(_POST + "where p.id = $1 for update of p", post)
    return None if row is None else _post(row)


async def kept(tx: Tx, post: PostId) -> Post | None:
    """A post, held against deletion by others until the transaction ends."""
    row = await tx.one(_POST + "where p.id = $1 for key share of p", post)
    return None if row is None else _post(row)


_TIES = """
    exists (select from mentions where post_id = {post} and account_id = $1) as mentioned,
    exists (select from follows where account_id = $1 and target_id = {author}) as follows,
    exists (select from blocks where account_id = $1 and target_id = {author}) as blocks,
    exists (select from blocks where account_id = {author} and target_id = $1) as blocked_by,
    exists (select from mutes where account_id = $1 and target_id = {author}) as mutes,
    exists (select from account_domain_blocks d join accounts a on a.domain = d.domain
            where d.account_id = $1 and a.id = {author}) as hides_domain,
    exists (select from follows where account_id = {author} and target_id = $1) as followed_by
"""
"""All that Ties holds, for the viewer $1."""


async def ties(db: Connection, viewer: AccountId, post: PostId, author: AccountId) -> Ties:
    """What stands between a viewer and a post."""
    row = await db.one(f"select {_TIES.format(post='$2', author='$3')}", viewer, post, author)
    assert row is not None
    return Ties(**dict(row))


async def uri_of(db: Connection, post: PostId) -> str | None:
    """The id that a post of another server has there; None for posts of this server."""
    return await db.value("select uri from posts where id = $1", post)


async def many(db: Connection, ids: Sequence[PostId]) -> list[Post]:
    """These posts, those that exist, whoever may see them."""
    return [_post(row) for row in await db.all(_POST + "where p.id = any($1::bigint[])", ids)]


async def answers_elsewhere(db: Connection, post: PostId, limit: int) -> list[Post]:
    """The newest posts of others on other servers that answer a post."""
    return [
        _post(row)
        for row in await db.all(
            _POST + "join posts o on o.id = p.in_reply_to_id where p.in_reply_to_id = $1 and not p.local "
            "and p.account_id <> o.account_id order by p.id desc limit $2",
            post,
            limit,
        )
    ]


async def ties_of(db: Connection, viewer: AccountId, ids: Sequence[PostId]) -> dict[PostId, Ties]:
    """What stands between a viewer and each of these posts."""
    rows = await db.all(
        f"select p.id, {_TIES.format(post='p.id', author='p.account_id')} from posts p where p.id = any($2::bigint[])",
        viewer,
        ids,
    )
    return {row["id"]: Ties(**{name: row[name] for name in Ties.__struct_fields__}) for row in rows}


async def boost_of(db: Connection, who: AccountId, post: PostId) -> PostId | None:
    """This account's boost of a post."""
    return await db.value("select id from posts where reblog_of_id = $1 and account_id = $2", post, who)


async def documents(
    db: Connection, after: PostId, limit: int, *, host: str | None = None
) -> list[tuple[PostId, str, bytes]]:
    """What other servers sent of their posts, compressed, with their domains, in the order of ids.

    Takes: `host`, to have only those of this server.

    Costs: one statement.
    """
    rows = await db.all(
        """
        select d.post_id, a.domain, d.document from post_documents d
        join posts p on p.id = d.post_id join accounts a on a.id = p.account_id
        where d.post_id > $1 and a.domain is not null and ($3::text is null or a.domain = $3)
        order by d.post_id limit $2
        """,
        after,
        limit,
        host,
    )
    return [(row["post_id"], row["domain"], row["document"]) for row in rows]


async def permit(db: Connection, post: PostId, deed: Deed) -> Permit | None:
    """Whom the author lets do this; None for everybody."""
    row = await db.one("select automatic, manual from post_permits where post_id = $1 and deed = $2", post, deed)
    return None if row is None else Permit(deed=deed, automatic=tuple(row["automatic"]), manual=tuple(row["manual"]))


async def in_group(db: Connection, post: PostId, group: AccountId) -> bool:
    """Whether a post is written in this group."""
    return bool(await db.value("select exists (select from posts where id = $1 and group_id = $2)", post, group))


async def awaited(db: Connection, uri: str) -> bool:
    """Whether a post that is known answers the one with this id, which is not."""
    return bool(await db.value("select exists (select from posts where answers_uri = $1)", uri))


async def mentioned(db: Connection, post: PostId) -> list[AccountId]:
    """Who is named in a post."""
    return [row["account_id"] for row in await db.all("select account_id from mentions where post_id = $1", post)]


async def tag_names(db: Connection, post: PostId) -> list[str]:
    """The normalised hashtags of a post."""
    rows = await db.all("select name from tags join post_tags on tag_id = tags.id where post_id = $1", post)
    return [row["name"] for row in rows]


async def history(db: Connection, post: PostId) -> list[Row]:
    """All versions of a post, oldest first: html, spoiler_text, sensitive, poll_options, created_at, media_ids
    and media_descriptions."""
    return await db.all(
        """
        select html, spoiler_text, sensitive, poll_options, created_at, media_ids, media_descriptions from (
            select id, html, spoiler_text, sensitive, poll_options, created_at, media_ids, media_descriptions
            from post_edits where post_id = $1
            union all
            select 0, p.html, p.spoiler_text, p.sensitive, polls.options, p.created_at,
                   array(select m.id from media_attachments m
                         where m.post_id = p.id and m.position is not null order by m.position),
                   array(select m.description from media_attachments m
                         where m.post_id = p.id and m.position is not null order by m.position)
            from posts p left join polls on polls.post_id = p.id
            where p.id = $1 and not exists (select from post_edits where post_id = $1)
        ) versions order by id
        """,
        post,
    )


async def boosts_of(db: Connection, post: PostId) -> list[tuple[PostId, AccountId]]:
    """The boosts that go with a post, each with who boosted it."""
    rows = await db.all("select id, account_id from posts where reblog_of_id = $1 order by id", post)
    return [(row["id"], row["account_id"]) for row in rows]


async def answers_to(
    db: Connection, post: PostId, author: AccountId, *, own: bool, above: PostId | None, limit: int
) -> list[Placed]:
    """What everybody may read of the answers to a post: those of its author, or those of others, the oldest first."""
    return _placed(
        await db.all(
            f"""
            {_PLACED} where p.in_reply_to_id = $1 and (p.account_id = $2) = $3 and p.id > $4 and {_OPEN}
            order by p.id limit $5
            """,
            post,
            author,
            own,
            above or 0,
            limit,
        )
    )


async def thread(db: Connection, conversation: ConversationId, *, above: PostId | None, limit: int) -> list[Placed]:
    """What everybody may read of a thread, the oldest first."""
    return _placed(
        await db.all(
            f"{_PLACED} where p.conversation_id = $1 and p.id > $2 and {_OPEN} order by p.id limit $3",
            conversation,
            above or 0,
            limit,
        )
    )


_PLACED = "select p.id, p.account_id, p.uri from posts p join accounts a on a.id = p.account_id"
_OPEN = "p.visibility in (0, 1) and p.reblog_of_id is null and a.suspended_at is null"


def _placed(rows: Sequence[Row]) -> list[Placed]:
    return [Placed(row["id"], row["account_id"], row["uri"]) for row in rows]


async def reached(db: Connection, post: PostId) -> list[AccountId]:
    """Of each other server one account that had to do with a post, or whose post it answers, quotes or boosts."""
    rows = await db.all(
        """
        select distinct on (a.domain) a.id from accounts a where a.domain is not null and a.id in (
            select account_id from mentions where post_id = $1
            union all select account_id from posts where reblog_of_id = $1
            union all select account_id from posts where in_reply_to_id = $1
            union all select account_id from favourites where post_id = $1
            union all select account_id from quotes where quoted_id = $1
            union all select in_reply_to_account_id from posts where id = $1
            union all select o.account_id from posts p join posts o on o.id = p.reblog_of_id where p.id = $1
            union all select quoted_account_id from quotes where post_id = $1
        )
        """,
        post,
    )
    return [row["id"] for row in rows]


async def buried(db: Connection, post: PostId) -> AccountId | None:
    """Whose a post of ours was that everybody could read and that is gone; None when there was none."""
    return await db.value("select account_id from post_tombstones where id = $1", post)


async def oldest_of(db: Connection, author: AccountId, limit: int) -> list[PostId]:
    """The first posts and boosts of an account."""
    rows = await db.all("select id from posts where account_id = $1 order by id limit $2", author, limit)
    return [row["id"] for row in rows]


async def address(db: Connection, post: PostId) -> Row | None:
    """What the address of a post is made of: url, uri, username."""
    return await db.one(
        "select p.url, p.uri, a.username from posts p join accounts a on a.id = p.account_id where p.id = $1", post
    )

"""The SQL of posts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, ConversationId, PollId, PostId, QuoteId, ScheduledId, TagId
from marula.base.kernel.paging import Page
from marula.domain.posts.types import (
    Claim,
    Draft,
    Poll,
    PollDraft,
    Post,
    Quote,
    QuoteDraft,
    Quoters,
    QuoteState,
    Ties,
    Visibility,
)

KEY_LIFETIME = timedelta(hours=1)

_POST = """
    select p.id, p.account_id, p.local, p.visibility, p.text, p.spoiler_text, p.sensitive, p.language,
           p.in_reply_to_id, p.in_reply_to_account_id, p.reblog_of_id, p.conversation_id, p.version,
           p.created_at, p.edited_at, p.quote_automatic, p.quote_manual, a.suspended_at is not null as author_suspended
    from posts p join accounts a on a.id = p.account_id
"""


def _post(row: Row) -> Post:
    values = dict(row)
    values["visibility"] = Visibility(values["visibility"])
    values["quote_automatic"], values["quote_manual"] = Quoters(row["quote_automatic"]), Quoters(row["quote_manual"])
    return Post(**values)


async def by_id(db: Connection, post: PostId) -> Post | None:
    """A post, whoever may see it."""
    row = await db.one(_POST + "where p.id = $1", post)
    return None if row is None else _post(row)


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


async def many(db: Connection, ids: Sequence[PostId]) -> list[Post]:
    """These posts, those that exist, whoever may see them."""
    return [_post(row) for row in await db.all(_POST + "where p.id = any($1::bigint[])", ids)]


async def ties_of(db: Connection, viewer: AccountId, ids: Sequence[PostId]) -> dict[PostId, Ties]:
    """What stands between a viewer and each of these posts."""
    rows = await db.all(
        f"select p.id, {_TIES.format(post='p.id', author='p.account_id')} from posts p where p.id = any($2::bigint[])",
        viewer,
        ids,
    )
    return {row["id"]: Ties(**{name: row[name] for name in Ties.__struct_fields__}) for row in rows}


async def insert(
    tx: Tx,
    author: AccountId,
    draft: Draft,
    *,
    local: bool,
    created_at: datetime,
    answers: AccountId | None,
    conversation: ConversationId | None,
) -> tuple[PostId, ConversationId]:
    """Write a post with its counters, in its conversation or in a new one."""
    row = await tx.one(
        """
        with talk as (
            insert into conversations (created_at) select $14::timestamptz where $12::bigint is null returning id
        ), post as (
            insert into posts (id, account_id, local, uri, url, text, html, spoiler_text, language, visibility,
                               sensitive, in_reply_to_id, in_reply_to_account_id, conversation_id, app_id, created_at,
                               quote_automatic, quote_manual)
            select marula_id($14), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13,
                   coalesce($12, (select id from talk)), $15, $14,
                   $16, $17
            returning id, conversation_id
        ), stats as (
            insert into post_stats (post_id) select id from post
        )
        select id, conversation_id from post
        """,
        author,
        local,
        draft.uri,
        draft.url,
        draft.text,
        draft.html,
        draft.spoiler_text,
        draft.language,
        draft.visibility,
        draft.sensitive,
        draft.in_reply_to,
        conversation,
        answers,
        created_at,
        draft.app_id,
        draft.quote_automatic,
        draft.quote_manual,
    )
    assert row is not None
    return row["id"], row["conversation_id"]


async def insert_boost(
    tx: Tx, who: AccountId, post: PostId, visibility: Visibility, *, local: bool, uri: str | None
) -> PostId | None:
    """Write a boost; None when this account has boosted the post already, or the post is gone."""
    return await tx.value(
        """
        with boost as (
            insert into posts (id, account_id, local, uri, visibility, reblog_of_id, created_at)
            select marula_id($5), $1, $2, $3, $4, id, $5 from posts where id = $6 for key share
            on conflict (reblog_of_id, account_id) where reblog_of_id is not null do nothing
            returning id
        ), stats as (
            insert into post_stats (post_id) select id from boost
        )
        select id from boost
        """,
        who,
        local,
        uri,
        visibility,
        tx.now,
        post,
    )


async def boost_of(db: Connection, who: AccountId, post: PostId) -> PostId | None:
    """This account's boost of a post."""
    return await db.value("select id from posts where reblog_of_id = $1 and account_id = $2", post, who)


async def replace_mentions(tx: Tx, post: PostId, accounts: Sequence[tuple[AccountId, bool]]) -> None:
    """Exactly these mentions (account, silent)."""
    await tx.run(
        """
        with gone as (delete from mentions where post_id = $1 and account_id <> all($2::bigint[]))
        insert into mentions (post_id, account_id, silent) select $1, * from unnest($2::bigint[], $3::boolean[])
        on conflict (post_id, account_id) do update set silent = excluded.silent
        """,
        post,
        [account for account, _ in accounts],
        [silent for _, silent in accounts],
    )


async def replace_tags(tx: Tx, post: PostId, tags: Sequence[TagId]) -> None:
    """Exactly these hashtags."""
    await tx.run(
        """
        with gone as (delete from post_tags where post_id = $1 and tag_id <> all($2::bigint[]))
        insert into post_tags (post_id, tag_id) select $1, unnest($2::bigint[]) on conflict do nothing
        """,
        post,
        tags,
    )


async def mentioned(db: Connection, post: PostId) -> list[AccountId]:
    """Who is named in a post."""
    return [row["account_id"] for row in await db.all("select account_id from mentions where post_id = $1", post)]


async def tag_names(db: Connection, post: PostId) -> list[str]:
    """The normalised hashtags of a post."""
    rows = await db.all("select name from tags join post_tags on tag_id = tags.id where post_id = $1", post)
    return [row["name"] for row in rows]


async def count(tx: Tx, post: PostId, column: str, delta: int) -> None:
    """Change one counter of a post: replies_count, reblogs_count, favourites_count or quotes_count."""
    await tx.run(f"update post_stats set {column} = greatest(0, {column} + $2) where post_id = $1", post, delta)


async def count_marks(tx: Tx, posts: Sequence[PostId], column: str, delta: int) -> None:
    """Change one counter of several posts. The rows are locked in one order, so that two of these cannot block."""
    await tx.run(
        f"""
        with held as (
            select post_id from post_stats where post_id = any($1::bigint[]) order by post_id for no key update
        )
        update post_stats s set {column} = greatest(0, {column} + $2) from held where s.post_id = held.post_id
        """,
        posts,
        delta,
    )


async def insert_quote(tx: Tx, post: PostId, author: AccountId, quote: QuoteDraft) -> QuoteId:
    """Write that a post quotes another one."""
    return await tx.value(
        """
        insert into quotes (post_id, account_id, quoted_id, quoted_account_id, state, created_at)
        values ($1, $2, $3, $4, $5, $6) returning id
        """,
        post,
        author,
        quote.quoted_id,
        quote.quoted_account_id,
        quote.state,
        tx.now,
    )


async def quote_by(db: Connection, post: PostId) -> Quote | None:
    """The quote that a post makes."""
    row = await db.one(
        """
        select q.id, q.post_id, q.account_id, q.quoted_id, q.quoted_account_id, q.state, p.visibility
        from quotes q join posts p on p.id = q.post_id where q.post_id = $1
        """,
        post,
    )
    if row is None:
        return None
    return Quote(
        id=row["id"],
        post_id=row["post_id"],
        account_id=row["account_id"],
        quoted_id=row["quoted_id"],
        quoted_account_id=row["quoted_account_id"],
        state=QuoteState(row["state"]),
        visibility=Visibility(row["visibility"]),
    )


async def quoted_by(db: Connection, post: PostId, page: Page) -> list[tuple[QuoteId, PostId]]:
    """The accepted quotes of a post, newest first: cursor and the post that quotes."""
    rows = await db.all(
        f"""
        select id, post_id from quotes where quoted_id = $1 and state = $2 and id < $3 and id > $4
        order by id {page.order} limit $5
        """,
        post,
        QuoteState.ACCEPTED,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([(row["id"], row["post_id"]) for row in rows])


async def refuse_quote(tx: Tx, quote: QuoteId) -> QuoteState | None:
    """Withdraw the consent to a quote, or the question for it; the state it had, or None when it was refused before."""
    state = await tx.value(
        """
        update quotes q set state = case when b.state = $2 then $3::smallint else $4::smallint end
        from (select id, state from quotes where id = $1 for update) b
        where q.id = b.id and b.state in ($2, $5) returning b.state
        """,
        quote,
        QuoteState.PENDING,
        QuoteState.REJECTED,
        QuoteState.REVOKED,
        QuoteState.ACCEPTED,
    )
    return None if state is None else QuoteState(state)


async def set_quoters(tx: Tx, post: PostId, automatic: Quoters, manual: Quoters) -> bool:
    """Say who may quote a post; whether that is new."""
    return (
        await tx.run(
            """
            update posts set quote_automatic = $2, quote_manual = $3
            where id = $1 and (quote_automatic, quote_manual) <> ($2, $3)
            """,
            post,
            automatic,
            manual,
        )
        == 1
    )


async def address(db: Connection, post: PostId) -> Row | None:
    """What the address of a post is made of: url, uri, username."""
    return await db.one(
        "select p.url, p.uri, a.username from posts p join accounts a on a.id = p.account_id where p.id = $1", post
    )


async def revise(tx: Tx, post: PostId, draft: Draft) -> None:
    """Replace what an edit may change, and make the next version."""
    await tx.run(
        """
        update posts set text = $2, html = $3, spoiler_text = $4, sensitive = $5, language = $6,
               edited_at = $7, version = version + 1
        where id = $1
        """,
        post,
        draft.text,
        draft.html,
        draft.spoiler_text,
        draft.sensitive,
        draft.language,
        tx.now,
    )


async def keep_original(tx: Tx, post: PostId) -> None:
    """Before the first edit: write the post as it is into its history."""
    await tx.run(
        """
        insert into post_edits (post_id, text, html, spoiler_text, sensitive, poll_options, created_at)
        select p.id, p.text, p.html, p.spoiler_text, p.sensitive, polls.options, p.created_at
        from posts p left join polls on polls.post_id = p.id
        where p.id = $1 and not exists (select from post_edits where post_id = $1)
        """,
        post,
    )


async def keep_edit(tx: Tx, post: PostId) -> None:
    """After an edit: write the new state into the history."""
    await tx.run(
        """
        insert into post_edits (post_id, text, html, spoiler_text, sensitive, poll_options, created_at)
        select p.id, p.text, p.html, p.spoiler_text, p.sensitive, polls.options, p.edited_at
        from posts p left join polls on polls.post_id = p.id where p.id = $1
        """,
        post,
    )


async def history(db: Connection, post: PostId) -> list[Row]:
    """All versions of a post, oldest first: html, spoiler_text, sensitive, poll_options, created_at."""
    return await db.all(
        """
        select html, spoiler_text, sensitive, poll_options, created_at from (
            select id, html, spoiler_text, sensitive, poll_options, created_at from post_edits where post_id = $1
            union all
            select 0, p.html, p.spoiler_text, p.sensitive, polls.options, p.created_at
            from posts p left join polls on polls.post_id = p.id
            where p.id = $1 and not exists (select from post_edits where post_id = $1)
        ) versions order by id
        """,
        post,
    )


async def boosters_of(db: Connection, post: PostId) -> list[AccountId]:
    """Whose counters a deletion of this post touches besides its author's."""
    return [row["account_id"] for row in await db.all("select account_id from posts where reblog_of_id = $1", post)]


async def delete(tx: Tx, post: PostId) -> bool:
    """Remove a post and, by cascade, all that hangs on it. Says whether it was still there.

    What answered it answers nothing now: a new version of each answer.
    """
    await tx.run(
        "update posts set in_reply_to_id = null, version = version + 1 where in_reply_to_id = $1",
        post,
    )
    return await tx.run("delete from posts where id = $1", post) == 1


async def oldest_of(db: Connection, author: AccountId, limit: int) -> list[PostId]:
    """The first posts and boosts of an account."""
    rows = await db.all("select id from posts where account_id = $1 order by id limit $2", author, limit)
    return [row["id"] for row in rows]


async def forget_mentions(tx: Tx, who: AccountId, batch: int) -> int:
    """Let a batch of posts name somebody no longer: a new version of each. Gives how many did."""
    return await tx.run(
        """
        with gone as (
            delete from mentions where account_id = $1 and post_id in (
                select post_id from mentions where account_id = $1 order by post_id limit $2
            ) returning post_id
        )
        update posts p set version = version + 1 from gone where p.id = gone.post_id
        """,
        who,
        batch,
    )


async def withdraw_votes(tx: Tx, who: AccountId, batch: int) -> int:
    """Take somebody's votes out of a batch of polls. Gives how many polls they were in."""
    rows = await tx.all(
        """
        select id from polls where id in (
            select distinct poll_id from poll_votes where account_id = $1 order by poll_id limit $2
        ) order by id for update
        """,
        who,
        batch,
    )
    await tx.run(
        """
        with gone as (
            delete from poll_votes where account_id = $1 and poll_id = any($2::bigint[]) returning poll_id, choice
        )
        update polls set voters_count = greatest(0, voters_count - 1),
               tallies = (select array_agg(greatest(0, tally - (exists (
                              select from gone where gone.poll_id = polls.id and gone.choice = place - 1))::integer)
                              order by place)
                          from unnest(tallies) with ordinality as t (tally, place))
        where id in (select poll_id from gone)
        """,
        who,
        [row["id"] for row in rows],
    )
    return len(rows)


async def claim_key(tx: Tx, who: AccountId, key: str) -> Claim | None:
    """Take an idempotency key for an hour; what it stands for when somebody took it before.

    A second claim waits until the first transaction has ended.
    """
    taken = await tx.value(
        """
        insert into idempotency_keys (account_id, key, created_at) values ($1, $2, $3)
        on conflict (account_id, key) do update
        set created_at = excluded.created_at, post_id = null, scheduled_id = null
        where idempotency_keys.created_at < $3::timestamptz - $4::interval
           or (idempotency_keys.post_id is null and idempotency_keys.scheduled_id is null)
        returning key
        """,
        who,
        key,
        tx.now,
        KEY_LIFETIME,
    )
    if taken is not None:
        return None
    row = await tx.one(
        "select post_id, scheduled_id from idempotency_keys where account_id = $1 and key = $2", who, key
    )
    return None if row is None else Claim(row["post_id"], row["scheduled_id"])


async def bind_key(tx: Tx, who: AccountId, key: str, claim: Claim) -> None:
    """Say what a claimed key stands for."""
    await tx.run(
        "update idempotency_keys set post_id = $3, scheduled_id = $4 where account_id = $1 and key = $2",
        who,
        key,
        claim.post_id,
        claim.scheduled_id,
    )


async def rebind_keys(tx: Tx, who: AccountId, scheduled: ScheduledId, post: PostId | None) -> None:
    """Let the keys of a post to come stand for the post that it became, or for nothing."""
    await tx.run(
        "update idempotency_keys set post_id = $3, scheduled_id = null where account_id = $1 and scheduled_id = $2",
        who,
        scheduled,
        post,
    )


async def forget_keys(tx: Tx) -> None:
    """Remove the keys whose hour is over."""
    await tx.run("delete from idempotency_keys where created_at < $1::timestamptz - $2::interval", tx.now, KEY_LIFETIME)


_POLL = """
    select polls.id, post_id, account_id, options, multiple, hide_totals, expires_at
    from polls join posts on posts.id = post_id
"""


def _poll(row: Row) -> Poll:
    values = dict(row)
    values["options"] = tuple(values["options"])
    return Poll(**values)


async def insert_poll(tx: Tx, post: PostId, poll: PollDraft) -> tuple[PollId, datetime]:
    """Write a poll; gives its id and when it ends."""
    ends = tx.now + poll.expires_in
    identifier = await tx.value(
        """
        insert into polls (post_id, options, tallies, multiple, hide_totals, expires_at, created_at)
        values ($1, $2, array_fill(0, array[cardinality($2::text[])]), $3, $4, $5, $6) returning id
        """,
        post,
        list(poll.options),
        poll.multiple,
        poll.hide_totals,
        ends,
        tx.now,
    )
    return identifier, ends


async def poll_by_id(db: Connection, poll: PollId) -> Poll | None:
    """A poll, whoever may see it."""
    row = await db.one(_POLL + "where polls.id = $1", poll)
    return None if row is None else _poll(row)


async def poll_of(db: Connection, post: PostId) -> Poll | None:
    """The poll of a post."""
    row = await db.one(_POLL + "where post_id = $1", post)
    return None if row is None else _poll(row)


async def extend_poll(tx: Tx, poll: PollId, ends: datetime, hide_totals: bool) -> None:
    """Change when a poll ends and whether its tallies show before."""
    await tx.run(
        "update polls set expires_at = $2, hide_totals = $3, closed_at = null where id = $1", poll, ends, hide_totals
    )


async def close_poll(tx: Tx, poll: PollId) -> Poll | None:
    """Mark a poll as closed when its time is over. None when that is not so, or was done before."""
    closed = await tx.run(
        "update polls set closed_at = $2 where id = $1 and expires_at <= $2 and closed_at is null", poll, tx.now
    )
    return await poll_by_id(tx, poll) if closed else None


async def delete_poll(tx: Tx, poll: PollId) -> None:
    """Remove a poll with its votes."""
    await tx.run("delete from polls where id = $1", poll)


async def hold_poll(tx: Tx, poll: PollId) -> bool:
    """Let votes come one after the other until the transaction ends. False when the poll is gone."""
    return await tx.one("select from polls where id = $1 for update", poll) is not None


async def insert_votes(tx: Tx, poll: PollId, who: AccountId, choices: Sequence[int]) -> int:
    """Write the choices of one person and count them, in a poll that is held. Gives how many are new."""
    if await tx.value("select exists (select from poll_votes where poll_id = $1 and account_id = $2)", poll, who):
        return 0
    await tx.run(
        "insert into poll_votes (poll_id, account_id, choice, created_at) select $1, $2, unnest($3::smallint[]), $4",
        poll,
        who,
        choices,
        tx.now,
    )
    await tx.run(
        """
        update polls set voters_count = voters_count + 1,
               tallies = (select array_agg(tally + (choice - 1 = any($2::integer[]))::integer order by choice)
                          from unnest(tallies) with ordinality as t (tally, choice))
        where id = $1
        """,
        poll,
        choices,
    )
    return len(choices)

"""The SQL of quotes."""

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, PostId, QuoteId
from marula.base.kernel.paging import Page
from marula.domain.posts.types import (
    Quote,
    QuoteDraft,
    Quoters,
    QuoteState,
    Visibility,
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


async def quote_by_id(db: Connection, quote: QuoteId) -> Quote | None:
    """A quote."""
    post = await db.value("select post_id from quotes where id = $1", quote)
    return None if post is None else await quote_by(db, post)


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


async def accept_quote(tx: Tx, quote: QuoteId, stamp: str | None) -> bool:
    """Write that the author of a quoted post agrees, and where they say so elsewhere; says whether it waited.

    The post that quotes gets a new version.
    """
    return bool(
        await tx.run(
            """
            with agreed as (
                update quotes set state = $2, stamp_uri = $3 where id = $1 and state = $4 returning post_id
            )
            update posts set version = version + 1 where id in (select post_id from agreed)
            """,
            quote,
            QuoteState.ACCEPTED,
            stamp,
            QuoteState.PENDING,
        )
    )


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

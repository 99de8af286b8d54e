"""The SQL of polls and votes."""

from collections.abc import Sequence
from datetime import datetime

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, PollId, PostId
from marula.domain.posts.types import (
    Poll,
    PollDraft,
)

_POLL = """
    select polls.id, post_id, account_id, options, multiple, hide_totals, expires_at
    from polls join posts on posts.id = post_id
"""


def _poll(row: Row) -> Poll:
    values = dict(row)
    values["options"] = tuple(values["options"])
    return Poll(**values)


def ends(poll: PollDraft, now: datetime) -> datetime | None:
    """When a poll that is written now ends; None when it never does."""
    return poll.ends_at if poll.expires_in is None else now + poll.expires_in


async def insert_poll(tx: Tx, post: PostId, poll: PollDraft) -> tuple[PollId, datetime | None]:
    """Write a poll; gives its id and when it ends."""
    end = ends(poll, tx.now)
    identifier = await tx.value(
        """
        insert into polls (post_id, options, tallies, voters_count, multiple, hide_totals, expires_at, created_at)
        values ($1, $2, $7, $8, $3, $4, $5, $6) returning id
        """,
        post,
        list(poll.options),
        poll.multiple,
        poll.hide_totals,
        end,
        tx.now,
        list(poll.tallies) or [0] * len(poll.options),
        poll.voters,
    )
    return identifier, end


async def poll_by_id(db: Connection, poll: PollId) -> Poll | None:
    """A poll, whoever may see it."""
    row = await db.one(_POLL + "where polls.id = $1", poll)
    return None if row is None else _poll(row)


async def poll_of(db: Connection, post: PostId) -> Poll | None:
    """The poll of a post."""
    row = await db.one(_POLL + "where post_id = $1", post)
    return None if row is None else _poll(row)


async def put_tallies(tx: Tx, poll: PollId, tallies: Sequence[int], voters: int, end: datetime | None) -> None:
    """Write what another server counts, never less than our own people's votes: a new version of the post."""
    await tx.run(
        """
        with own as (
            select coalesce(array_agg(votes order by place), '{}') as votes, max(voters) as voters from (
                select place, count(v.account_id) as votes,
                       (select count(distinct account_id) from poll_votes where poll_id = $1) as voters
                from generate_series(1, cardinality($2::integer[])) place
                left join poll_votes v on v.poll_id = $1 and v.choice = place - 1 group by place
            ) counted
        ), changed as (
            update polls set expires_at = $4, voters_count = greatest($3, own.voters),
                   tallies = (select array_agg(greatest(t, v) order by place)
                              from unnest($2::integer[], own.votes::integer[]) with ordinality as both_of (t, v, place))
            from own where id = $1 and cardinality(options) = cardinality($2::integer[]) returning post_id
        )
        update posts set version = version + 1 where id in (select post_id from changed)
        """,
        poll,
        list(tallies),
        voters,
        end,
    )


async def extend_poll(tx: Tx, poll: PollId, ends: datetime | None, hide_totals: bool) -> None:
    """Change when a poll ends and whether its tallies show before."""
    await tx.run(
        "update polls set expires_at = $2, hide_totals = $3, closed_at = null where id = $1", poll, ends, hide_totals
    )


async def insert_vote(tx: Tx, poll: PollId, who: AccountId, choice: int, *, more: bool) -> bool:
    """Write one choice of one person and count it, in a poll that is held; says whether it is new.

    `more`: somebody who chose already may choose another option, too.
    """
    chosen = await tx.all("select choice from poll_votes where poll_id = $1 and account_id = $2", poll, who)
    if any(row["choice"] == choice for row in chosen) or (chosen and not more):
        return False
    await tx.run(
        "insert into poll_votes (poll_id, account_id, choice, created_at) values ($1, $2, $3, $4)",
        poll,
        who,
        choice,
        tx.now,
    )
    await tx.run(
        "update polls set voters_count = voters_count + $3, tallies[$2 + 1] = tallies[$2 + 1] + 1 where id = $1",
        poll,
        choice,
        0 if chosen else 1,
    )
    return True


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

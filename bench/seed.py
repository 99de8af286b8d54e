"""A believable database, written with a few set-based statements: people, posts, follows, feeds, notifications.

Everything is derived from numbers, so that two runs have the same database. Ids are in the order of time. The words of
posts are as frequent as those of people (Zipf's law): of 60,000, `w1` is in three posts of five, `w1000` in one of 700.
"""

import os
from dataclasses import dataclass

import asyncpg

from marula.base.kernel import config
from marula.domain import discovery
from marula.main.context import open_context

READER, WRITER, WATCHED = 1, 2, 3
"""The numbers of the person who reads, the one who writes to 49 followers, and the one who is told a lot."""


@dataclass(frozen=True)
class Size:
    """How large. `follows`: whom the reader follows. `followers`: of the writer."""

    people: int
    posts: int
    follows: int
    followers: int


SMALL = Size(people=1_000, posts=100_000, follows=500, followers=49)
LARGE = Size(people=20_000, posts=1_000_000, follows=2_000, followers=19_999)

STATEMENTS = (
    "select setseed(0.5)",
    """
    insert into accounts (username, display_name, note, note_html, discoverable, indexable, created_at)
    select 'person' || n, 'Person ' || n, 'I am number ' || n, '<p>I am number ' || n || '</p>', true, n % 3 = 0,
           now() - interval '100 days'
    from generate_series(1, $1::integer) n order by n
    """,
    "create temp table people as select id, substr(username, 7)::bigint as n from accounts",
    "create unique index on people (n)",
    """
    insert into users (account_id, email, password_hash, confirmed_at, created_at, last_active_at)
    select id, 'person' || n || '@example.org', 'none', now(), now() - interval '100 days', now() from people
    """,
    """
    insert into conversations (id, created_at)
    select (floor(extract(epoch from at) * 1000)::bigint << 16) | (n % 65536), at
    from (select n, now() - interval '90 days' + n * (interval '90 days' / $2::integer) as at
          from generate_series(1, $2::integer) n) times
    """,
    """
    create temp table written as
    select id, created_at, row_number() over (order by id) as n from conversations
    """,
    "create unique index on written (n)",
    """
    insert into posts (id, account_id, local, text, html, language, visibility, conversation_id, created_at,
                       in_reply_to_id, in_reply_to_account_id, answers_others)
    select w.id, p.id, true,
           'Post ' || w.n || ' ' || (
               select string_agg('w' || floor(exp(random() * ln(60000)))::integer, ' ')
               from generate_series(1, 3 + w.n % 25)),
           '<p>Post ' || w.n || repeat(' with some words in it', 8) || '</p>', 'en',
           case when w.n % 11 = 0 then 1 else 0 end, coalesce(parent.id, w.id), w.created_at, parent.id, author.id,
           coalesce(author.id <> p.id, false)
    from written w
    join people p on p.n = 1 + (w.n * 7919) % $1::integer
    left join written parent on w.n % 5 = 0 and parent.n = w.n - 4
    left join people author on author.n = 1 + (parent.n * 7919) % $1::integer
    """,
    "insert into post_stats (post_id, favourites_count) select id, (id % 7)::integer from posts",
    """
    insert into posts (id, account_id, local, visibility, reblog_of_id, created_at)
    select w.id + 1, p.id, true, 0, w.id, w.created_at
    from written w join people p on p.n = 1 + (w.n * 104729) % $1::integer where w.n % 20 = 1
    on conflict do nothing
    """,
    "insert into post_stats (post_id) select id from posts on conflict do nothing",
    """
    insert into tags (name, display_name, created_at)
    select 'tag' || n, 'Tag' || n, now() from generate_series(1, 200) n
    """,
    """
    insert into post_tags (post_id, tag_id)
    select w.id, t.id from written w join tags t on t.name = 'tag' || (1 + w.n % 200) where w.n % 4 = 0
    """,
    """
    insert into favourites (account_id, post_id, created_at)
    select p.id, w.id, w.created_at from written w join people p on p.n = 1 + (w.n * 31) % $1::integer where w.n % 3 = 0
    """,
    """
    insert into follows (account_id, target_id, created_at)
    select r.id, p.id, now() from people r, people p where r.n = 1 and p.n between 2 and 1 + $3::integer
    """,
    """
    insert into follows (account_id, target_id, created_at)
    select p.id, w.id, now() from people p, people w where w.n = 2 and p.n between 3 and 2 + $4::integer
    on conflict do nothing
    """,
    """
    insert into bookmarks (account_id, post_id, created_at)
    select p.id, w.id, w.created_at
    from written w join people p on p.n = 1 + (w.n * 17) % $1::integer where w.n % 20 = 0
    """,
    """
    insert into mentions (post_id, account_id)
    select w.id, p.id from written w join people p on p.n = 1 + (w.n * 53) % $1::integer where w.n % 10 = 0
    """,
    """
    insert into thread_mutes (account_id, conversation_id, created_at)
    select p.id, w.id, now() from written w join people p on p.n = 1 + (w.n * 19) % $1::integer where w.n % 50 = 0
    """,
    """
    insert into blocks (account_id, target_id, created_at)
    select p.id, t.id, now() from people p join people t on t.n > $1::integer * 9 / 10 and t.n % 100 = p.n % 100
    where p.id <> t.id
    """,
    """
    insert into mutes (account_id, target_id, created_at)
    select p.id, t.id, now() from people p join people t on t.n > $1::integer * 9 / 10 and t.n % 50 = (p.n + 1) % 50
    where p.id <> t.id
    """,
    "insert into home_feeds (account_id, built_at) select id, now() from people",
    """
    insert into notifications (account_id, kind, from_id, post_id, cause, created_at)
    select me.id, 'favourite', p.id, w.id, w.n, now() from people me, written w join people p on p.n = 4 + w.n % 500
    where me.n = 3 and w.n <= 1000
    """,
    """
    insert into notifications (account_id, kind, from_id, post_id, cause, created_at)
    select p.account_id, 'favourite', f.account_id, p.id, f.id, f.created_at
    from favourites f join posts p on p.id = f.post_id where p.account_id <> f.account_id
    """,
    """
    insert into account_stats (account_id, statuses_count, followers_count, following_count, last_status_at)
    select a.id, count(p.id), (select count(*) from follows f where f.target_id = a.id),
           (select count(*) from follows f where f.account_id = a.id), max(p.created_at)
    from accounts a left join posts p on p.account_id = a.id group by a.id
    """,
)


async def seed(dsn: str, size: Size) -> None:
    """Fill an empty, migrated database and gather its statistics."""
    values = (size.people, size.posts, size.follows, size.followers)
    connection = await asyncpg.connect(dsn, command_timeout=900)
    try:
        for statement in STATEMENTS:
            wanted = [value for number, value in enumerate(values, 1) if f"${number}" in statement]
            text = statement
            for place, number in enumerate([n for n in range(1, 5) if f"${n}" in statement], 1):
                text = text.replace(f"${number}", f"${place}")
            await connection.execute(text, *wanted)
        await _thread(connection, 50)
        await _thread(connection, 82)
        await _index(dsn)
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()


async def _index(dsn: str) -> None:
    """Index the posts and the names of people, as `marula search rebuild` does."""
    async with open_context(config.load(os.environ, None), dsn) as ctx:
        async for _ in discovery.rebuild(ctx):
            pass


async def _thread(connection: asyncpg.Connection, length: int) -> None:
    """A post with this many answers, by many people, some of them answers to answers."""
    await connection.execute(
        """
        with root as (
            insert into posts (account_id, local, text, html, visibility, created_at)
            select id, true, $2, '<p>' || $2 || '</p>', 0, now() from people where n = 4 returning id, account_id
        ), roots as (insert into post_stats (post_id) select id from root), answers as (
            insert into posts (account_id, local, text, html, visibility, in_reply_to_id, in_reply_to_account_id,
                               answers_others, created_at)
            select p.id, true, 'answer', '<p>An answer with some words in it</p>', 0, root.id, root.account_id, true,
                   now()
            from root, people p where p.n between 5 and 4 + $1::integer returning id
        )
        insert into post_stats (post_id) select id from answers
        """,
        length,
        f"thread of {length}",
    )

"""The SQL of reading for display. It joins across features; it never writes."""

from collections.abc import Sequence

from marula.base.db import Connection, Row
from marula.base.kernel.ids import AccountId, LinkId, MediaId, PostId, ScheduledId, TagId
from marula.domain.posts import QuoteState


async def sighted(db: Connection, viewer: AccountId | None, posts: Sequence[PostId]) -> dict[int, Row]:
    """What is needed to judge these posts, and the posts they boost, and to fill their holes; by post id.

    With them come the posts that these quote, and those that the quoted ones quote.
    Of the post: author, version, visibility, counters (of another server's post what that says where it is more), what
    it quotes and who may quote it. Of the author: version, standing, counters. Of the viewer: what they did with the
    post and what stands between them and its author.
    `mentioned` is looked up only for posts that are not for everybody, `follows` and `followed_by` also where it
    decides who may quote, `pinned` only for the viewer's own.

    Gives: rows in which `STATE` and `AUTHOR` are the places of all that shows of a post and of its author, `MARKS` of
    what the viewer did with it, and `TIES` of what stands in between.
    Costs: one statement, whatever the number of posts; two and three when there are quotes, and quotes in quotes.
    """
    rows = await _sighted(db, viewer, posts)
    for _ in range(QUOTED_WITHIN):
        quoted = {row["quoted_id"] for row in rows.values() if row["quote_state"] == QuoteState.ACCEPTED} - rows.keys()
        quoted.discard(None)
        if not quoted:
            break
        rows |= await _sighted(db, viewer, list(quoted))
    return rows


async def _sighted(db: Connection, viewer: AccountId | None, posts: Sequence[PostId]) -> dict[int, Row]:
    if viewer is None:
        rows = await db.all(_SIGHTED_BY_NOBODY, posts)
    else:
        rows = await db.all(_SIGHTED_BY_VIEWER, posts, viewer)
    return {row["id"]: row for row in rows}


QUOTED_WITHIN = 2
"""How deep quotes are followed: a quoted post shows the id of what it quotes itself."""


STATE = slice(5, 15)
AUTHOR = slice(10, 15)
MARKS = slice(19, 23)
TIES = slice(23, 30)

_SIGHTED = """
    select p.id, p.account_id, p.reblog_of_id, p.visibility, a.suspended_at is not null as author_suspended,
           p.version, greatest(s.replies_count, s.replies_elsewhere) as replies_count,
           greatest(s.reblogs_count, s.reblogs_elsewhere) as reblogs_count,
           greatest(s.favourites_count, s.favourites_elsewhere) as favourites_count, s.quotes_count,
           a.version as author_version, c.followers_count, c.following_count, c.statuses_count, c.last_status_at,
           q.quoted_id, q.state as quote_state, p.quote_automatic, p.quote_manual,
           {flags}
    from posts p
    join post_stats s on s.post_id = p.id
    join accounts a on a.id = p.account_id
    join account_stats c on c.account_id = p.account_id
    left join quotes q on q.post_id = p.id
    where p.id = any($1::bigint[] || array(
        select reblog_of_id from posts where id = any($1::bigint[]) and reblog_of_id is not null))
"""

_VIEWERS = """
    exists (select from favourites x where x.account_id = $2 and x.post_id = p.id offset 0) as favourited,
    exists (select from posts x where x.account_id = $2 and x.reblog_of_id = p.id offset 0) as reblogged,
    exists (select from thread_mutes x where x.account_id = $2 and x.conversation_id = p.conversation_id) as muted,
    exists (select from bookmarks x where x.account_id = $2 and x.post_id = p.id offset 0) as bookmarked,
    p.visibility > 1
        and exists (select from mentions x where x.account_id = $2 and x.post_id = p.id offset 0) as mentioned,
    (p.visibility > 1 or (p.quote_automatic | p.quote_manual) & 2 > 0)
        and exists (select from follows x where x.account_id = $2 and x.target_id = p.account_id offset 0) as follows,
    p.account_id <> $2
        and exists (select from blocks x where x.account_id = $2 and x.target_id = p.account_id) as blocks,
    p.account_id <> $2
        and exists (select from blocks x where x.account_id = p.account_id and x.target_id = $2 offset 0) as blocked_by,
    p.account_id <> $2
        and exists (select from mutes x where x.account_id = $2 and x.target_id = p.account_id) as mutes,
    a.domain is not null
        and exists (select from account_domain_blocks x where x.account_id = $2 and x.domain = a.domain)
        as hides_domain,
    (p.quote_automatic | p.quote_manual) & 4 > 0
        and exists (select from follows x where x.account_id = p.account_id and x.target_id = $2 offset 0)
        as followed_by,
    p.account_id = $2 and exists (select from pins x where x.account_id = $2 and x.post_id = p.id) as pinned,
    s.reactions_count, s.reactions_count > 0
        and exists (select from post_reactions x where x.account_id = $2 and x.post_id = p.id offset 0) as reacted
"""
"""With `offset 0` each post is looked up by itself. Without it the planner may read all that the viewer has of a kind
into a hash table first: good for the few whom one mutes, bad for somebody's hundred thousand favourites."""

_NOBODYS = """
    false as favourited, false as reblogged, false as muted, false as bookmarked, false as mentioned,
    false as follows, false as blocks, false as blocked_by, false as mutes,
    false as hides_domain, false as followed_by, false as pinned, s.reactions_count, false as reacted
"""

_SIGHTED_BY_NOBODY = _SIGHTED.format(flags=_NOBODYS)
_SIGHTED_BY_VIEWER = _SIGHTED.format(flags=_VIEWERS)


async def sighted_by(db: Connection, viewers: Sequence[AccountId], post: PostId) -> dict[int, dict[int, Row]]:
    """The same for many viewers and one post, with what it boosts: viewer → post → row.

    Costs: one statement, whatever the number of viewers.
    """
    sql = _SIGHTED.format(flags=_VIEWERS.replace("$2", "v.viewer") + ", v.viewer")
    everybody = "from unnest($2::bigint[]) v (viewer) cross join posts p\n"
    rows = await db.all(sql.replace("from posts p\n", everybody), [post], viewers)
    found: dict[int, dict[int, Row]] = {}
    for row in rows:
        found.setdefault(row["viewer"], {})[row["id"]] = row
    return found


async def occasion(db: Connection, post: PostId) -> Row | None:
    """What decides into which streams a post goes: visibility, whether it is ours, of whom, what it answers or boosts,
    its language and hashtags, whether it has files, and whether it shows each viewer something of their own beside the
    marks.

    Costs: one statement.
    """
    return await db.one(
        """
        select p.account_id, p.version, p.visibility, p.local, p.reblog_of_id, p.language, p.has_media,
               p.answers_others as answers,
               a.silenced_at is not null as limited,
               array(select t.name from post_tags x join tags t on t.id = x.tag_id where x.post_id = p.id) as tags,
               exists (select from polls where polls.post_id in (p.id, p.reblog_of_id))
                   or coalesce(o.html, p.html) like '%/collections/%' as personal
        from posts p join accounts a on a.id = p.account_id left join posts o on o.id = p.reblog_of_id
        where p.id = $1
        """,
        post,
    )


MEDIA = """
    (select json_agg(json_build_array(m.id::text, m.kind, m.state, m.remote_url, m.preview_remote_url, m.description,
                                      m.blurhash, m.meta, m.focus_x, m.focus_y, mo.key, ms.key,
                                      coalesce(mo.content_type, m.content_type)) order by {order})
     from media_attachments m left join blobs mo on mo.id = m.original_id left join blobs ms on ms.id = m.small_id
     where {which})::text
"""
"""Files as JSON, for `views.media`."""


CARD = """
    (select json_build_array(l.url, {card}, b.key, case when c.attribution_domains && l.domains then c.id end)
     from {table} join links l on {which} left join blobs b on b.id = l.image_id
     left join accounts c on c.id = l.creator_id and c.suspended_at is null where {card} is not null)::text
"""
"""A card as JSON, for `views.card`."""

_CARD_OF_POST = CARD.format(
    card="coalesce(l.card, y.offered)", table="post_cards y", which="l.id = y.link_id and y.post_id = p.id"
)


async def cards(db: Connection, links: Sequence[LinkId]) -> list[tuple[LinkId, str | None]]:
    """The cards of links, as JSON.

    Costs: one statement.
    """
    one = CARD.format(card="l.card", table="(select) as nothing", which="l.id = w.id")
    rows = await db.all(f"select w.id, {one} as card from unnest($1::bigint[]) as w (id)", links)
    return [(row["id"], row["card"]) for row in rows]


async def bodies(db: Connection, posts: Sequence[PostId]) -> list[Row]:
    """The content of posts: text, links, mentions, hashtags, files and card as JSON, the application.

    Costs: one statement.
    """
    return await db.all(
        f"""
        select p.id, p.version, p.account_id, p.uri, p.url, p.text, p.html, p.spoiler_text, p.language, p.visibility,
               p.sensitive, p.in_reply_to_id, p.in_reply_to_account_id, p.reblog_of_id, p.created_at, p.edited_at,
               p.local, a.username, a.domain, apps.name as app_name, apps.website as app_website,
               polls.options as poll_options,
               (select json_agg(json_build_array(m.account_id::text, o.username, o.domain, o.url) order by o.id)
                from mentions m join accounts o on o.id = m.account_id
                where m.post_id = p.id and not m.silent)::text as mentions,
               (select array_agg(t.name order by t.name)
                from post_tags x join tags t on t.id = x.tag_id where x.post_id = p.id) as tags,
               case when p.has_media then {_SHOWN} end as media, {_CARD_OF_POST} as card
        from posts p join accounts a on a.id = p.account_id
        left join apps on apps.id = p.app_id left join polls on polls.post_id = p.id
        where p.id = any($1::bigint[])
        """,
        posts,
    )


_SHOWN = MEDIA.format(order="m.position", which="m.post_id = p.id and m.position is not null")


async def media_of(db: Connection, post: PostId) -> str | None:
    """All files that a post shows or showed before an edit, as JSON. Costs: one statement."""
    return await db.value(f"select {MEDIA.format(order='m.id', which='m.post_id = $1')}", post)


async def held_media(db: Connection, scheduled: Sequence[ScheduledId]) -> dict[ScheduledId, str]:
    """The files of posts to come, as JSON. Costs: one statement."""
    rows = await db.all(
        f"""
        select held.id, {MEDIA.format(order="m.id", which="m.scheduled_id = held.id")} as media
        from unnest($1::bigint[]) held (id)
        """,
        scheduled,
    )
    return {row["id"]: row["media"] for row in rows}


async def own_media(db: Connection, who: AccountId, media: MediaId) -> str | None:
    """One file that is somebody's own and hangs on no post, as JSON. Costs: one statement."""
    which = "m.id = $1 and m.account_id = $2 and m.post_id is null"
    return await db.value(f"select {MEDIA.format(order='m.id', which=which)}", media, who)


async def words(db: Connection, post: PostId) -> Row | None:
    """All that is text in a post: id, version, html, spoiler_text, language; poll_id and options when it asks; of its
    files that are described the ids and the descriptions.

    Costs: one statement.
    """
    return await db.one(
        """
        select p.id, p.version, p.html, p.spoiler_text, p.language, polls.id as poll_id, polls.options,
               array(select m.id from media_attachments m where m.post_id = p.id and m.position is not null
                     and m.description is not null order by m.position) as described,
               array(select m.description from media_attachments m where m.post_id = p.id and m.position is not null
                     and m.description is not null order by m.position) as descriptions
        from posts p left join polls on polls.post_id = p.id where p.id = $1
        """,
        post,
    )


async def polls(db: Connection, viewer: AccountId | None, posts: Sequence[PostId]) -> list[Row]:
    """The polls of posts, with the viewer's choices (None when they did not vote).

    Costs: one statement.
    """
    return await db.all(
        """
        select polls.id, polls.post_id, posts.account_id, a.domain, options, tallies, voters_count, multiple,
               hide_totals, polls.expires_at,
               (select array_agg(choice order by choice) from poll_votes v
                where v.poll_id = polls.id and v.account_id = $2) as chosen
        from polls join posts on posts.id = polls.post_id join accounts a on a.id = posts.account_id
        where polls.post_id = any($1::bigint[])
        """,
        posts,
        viewer,
    )


async def reactions(db: Connection, viewer: AccountId | None, posts: Sequence[PostId]) -> list[Row]:
    """How many reacted to these posts with which emoji, and whether the viewer did; the most frequent first.

    Costs: one statement.
    """
    return await db.all(
        """
        select r.post_id, r.name, r.domain, r.count, r.me, e.id as emoji_id, e.url, e.static_url, b.key,
               s.key as static_key
        from (
            select post_id, name, domain, count(*) as count, min(id) as first,
                   coalesce(bool_or(account_id = $2), false) as me
            from post_reactions where post_id = any($1::bigint[]) group by post_id, name, domain
        ) r
        left join custom_emojis e
            on e.shortcode = r.name and coalesce(e.domain, '') = r.domain and not e.disabled
        left join blobs b on b.id = e.original_id left join blobs s on s.id = e.static_id
        order by r.post_id, r.count desc, r.first
        """,
        posts,
        viewer,
    )


async def versions(db: Connection, accounts: Sequence[AccountId]) -> dict[int, Row]:
    """Of accounts: version and counters, at `SELF`, by id.

    Costs: one statement.
    """
    rows = await db.all(
        """
        select a.id, a.version as author_version, c.followers_count, c.following_count, c.statuses_count,
               c.last_status_at
        from accounts a join account_stats c on c.account_id = a.id where a.id = any($1::bigint[])
        """,
        accounts,
    )
    return {row["id"]: row for row in rows}


SELF = slice(1, 6)


async def profiles(db: Connection, accounts: Sequence[AccountId]) -> list[Row]:
    """The content of accounts, and the badge of those that have one.

    Costs: one statement.
    """
    return await db.all(
        """
        select a.*, r.id as role_id, r.name as role_name, r.color as role_color,
               coalesce((u.preferences ->> 'noindex')::boolean, false) as noindex,
               avatar.key as avatar, still.key as avatar_still, header.key as header, frame.key as header_still
        from accounts a left join users u on u.account_id = a.id
        left join roles r on r.id = u.role_id and r.highlighted
        left join blobs avatar on avatar.id = a.avatar_id left join blobs still on still.id = a.avatar_still_id
        left join blobs header on header.id = a.header_id left join blobs frame on frame.id = a.header_still_id
        where a.id = any($1::bigint[])
        """,
        accounts,
    )


async def usage(db: Connection, tags: Sequence[TagId], since: int) -> list[Row]:
    """How hashtags were used in public by day: tag_id, day (a date in UTC), uses, accounts.

    Takes: `since`, the smallest post id that counts.

    Costs: one statement.
    """
    return await db.all(
        """
        select x.tag_id, (p.created_at at time zone 'utc')::date as day, count(*) as uses,
               count(distinct p.account_id) as accounts
        from post_tags x join posts p on p.id = x.post_id
        where x.tag_id = any($1::bigint[]) and x.post_id >= $2 and p.visibility = 0
        group by 1, 2
        """,
        tags,
        since,
    )


OWN_REPLIES = 5


async def written(db: Connection, posts: Sequence[PostId]) -> list[Row]:
    """Posts as they go on the wire: content, author, parent, what they boost and quote, mentions, poll, counters.

    `own_replies`: the first few answers to themselves that everybody may read. The mentions of a limited author are
    only those of people who follow them.

    Costs: one statement.
    """
    return await db.all(
        f"""
        select p.id, p.account_id, p.uri, p.url, p.text, p.html, p.spoiler_text, p.language, p.visibility, p.sensitive,
               p.created_at, p.edited_at, p.conversation_id, p.quote_automatic, p.quote_manual, p.approved_by,
               a.username,
               a.uri as author_uri, gr.uri as group_uri,
               r.id as parent_id, r.uri as parent_uri, r.account_id as parent_account_id,
               ra.username as parent_username, ra.domain as parent_domain, ra.uri as parent_author_uri,
               q.id as quote_id, q.state as quote_state, q.stamp_uri, q.quoted_id, q.quoted_account_id,
               qp.uri as quoted_uri,
               o.id as boosted_id, o.uri as boosted_uri, o.account_id as boosted_account_id,
               oa.uri as boosted_author_uri, s.favourites_count, s.reblogs_count,
               polls.options, polls.tallies, polls.voters_count, polls.multiple, polls.hide_totals, polls.expires_at,
               polls.closed_at,
               (select json_agg(json_build_array(m.account_id, n.username, n.domain, n.uri, g.followers) order by n.id)
                from mentions m join accounts n on n.id = m.account_id
                left join actors g on g.account_id = n.id and n.actor_type = 'Group'
                where m.post_id = p.id and not m.silent and (a.silenced_at is null or exists (
                    select from follows f where f.account_id = m.account_id and f.target_id = p.account_id))
               )::text as mentions,
               (select array_agg(t.name order by t.name)
                from post_tags x join tags t on t.id = x.tag_id where x.post_id = p.id) as tags,
               case when p.has_media then {_SHOWN} end as media, {_CARD_OF_POST} as card,
               array(select o.id from posts o
                     where o.in_reply_to_id = p.id and o.account_id = p.account_id and o.visibility in (0, 1)
                     order by o.id limit {OWN_REPLIES}) as own_replies
        from posts p join accounts a on a.id = p.account_id join post_stats s on s.post_id = p.id
        left join posts r on r.id = p.in_reply_to_id left join accounts ra on ra.id = r.account_id
        left join accounts gr on gr.id = p.group_id
        left join quotes q on q.post_id = p.id left join posts qp on qp.id = q.quoted_id
        left join posts o on o.id = p.reblog_of_id left join accounts oa on oa.id = o.account_id
        left join polls on polls.post_id = p.id
        where p.id = any($1::bigint[])
        """,
        posts,
    )

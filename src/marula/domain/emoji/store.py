"""The SQL of custom emoji."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec import UNSET

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import BlobId, EmojiId
from marula.domain.emoji.types import Catalogue, Changes, Emoji, Kept, Picture

_EMOJI = """
    select e.id, e.shortcode, e.domain, coalesce(e.url, '') as url, coalesce(e.static_url, e.url, '') as static_url,
           e.category, e.visible_in_picker, e.disabled, e.created_at,
           coalesce(e.updated_at, e.created_at) as updated_at, b.key, s.key as static_key
    from custom_emojis e left join blobs b on b.id = e.original_id left join blobs s on s.id = e.static_id
"""


def _kept(row: Row) -> Kept:
    values = dict(row)
    return Kept(key=values.pop("key"), static_key=values.pop("static_key"), emoji=Emoji(**values))


async def local(db: Connection) -> Catalogue:
    """Our emoji that are not disabled, in alphabetical order."""
    rows = await db.all(f"{_EMOJI} where e.domain is null and not e.disabled order by e.shortcode")
    return Catalogue([_kept(row) for row in rows])


async def ours(db: Connection, category: str | None) -> list[Kept]:
    """Our emoji of a category, or all, also those that are disabled."""
    rows = await db.all(
        f"""
        {_EMOJI} where e.domain is null and ($1::text is null or e.category = $1)
        order by e.category nulls first, e.shortcode
        """,
        category,
    )
    return [_kept(row) for row in rows]


async def named(db: Connection, shortcode: str, domain: str | None) -> Kept | None:
    """The emoji with this shortcode of a server, None for ours."""
    row = await db.one(
        f"{_EMOJI} where e.shortcode = $1 and coalesce(e.domain, '') = coalesce($2, '')", shortcode, domain
    )
    return None if row is None else _kept(row)


async def by_id(db: Connection, emoji: EmojiId) -> Kept | None:
    """An emoji."""
    row = await db.one(f"{_EMOJI} where e.id = $1", emoji)
    return None if row is None else _kept(row)


async def claim(tx: Tx, emoji: EmojiId, until: datetime) -> bool:
    """Note that a picture is being fetched, so that nobody else does until then; whether nobody did."""
    return bool(
        await tx.run(
            """
            update custom_emojis set again_at = $2
            where id = $1 and original_id is null and coalesce(again_at, '-infinity') < $3
            """,
            emoji,
            until,
            tx.now,
        )
    )


async def postpone(tx: Tx, emoji: EmojiId, until: datetime) -> None:
    """Note that a picture is not to be had before then."""
    await tx.run("update custom_emojis set again_at = $2 where id = $1", emoji, until)


async def keep_copy(tx: Tx, emoji: EmojiId, url: str, picture: Picture) -> bool:
    """Write the copy of a picture; whether the emoji still has that one."""
    return bool(
        await tx.run(
            """
            update custom_emojis set original_id = $3, static_id = $4, again_at = null
            where id = $1 and url = $2
            """,
            emoji,
            url,
            picture.original_id,
            picture.static_id,
        )
    )


async def give_up(tx: Tx, blobs: Sequence[BlobId]) -> None:
    """Keep these copies of pictures of other servers no more; they are made again when somebody looks."""
    await tx.run(
        """
        update custom_emojis set original_id = null, static_id = null
        where domain is not null and (original_id = any($1::bigint[]) or static_id = any($1::bigint[]))
        """,
        blobs,
    )


async def each_named(db: Connection, wanted: Collection[tuple[str, str]]) -> list[Kept]:
    """The emoji of other servers with these domains and shortcodes, those that are known and not disabled."""
    rows = await db.all(
        f"""
        {_EMOJI} join unnest($1::text[], $2::text[]) as wanted (domain, shortcode)
            on e.shortcode = wanted.shortcode and coalesce(e.domain, '') = wanted.domain
        where not e.disabled
        """,
        [domain for domain, _ in wanted],
        [shortcode for _, shortcode in wanted],
    )
    return [_kept(row) for row in rows]


async def exists(db: Connection, shortcode: str) -> bool:
    """Whether we have an emoji of this name."""
    return await db.value(
        "select exists (select from custom_emojis where shortcode = $1 and coalesce(domain, '') = '')", shortcode
    )


async def add(
    tx: Tx, shortcode: str, picture: Picture, *, category: str | None, listed: bool, overwrite: bool
) -> EmojiId | None:
    """Write an emoji of ours; None when there is one of this name, unless it is to be overwritten."""
    return await tx.value(
        """
        insert into custom_emojis (shortcode, original_id, static_id, category, visible_in_picker, created_at)
        values ($1, $2, $3, $4, $5, $7)
        on conflict (shortcode, coalesce(domain, '')) do update
        set original_id = excluded.original_id, static_id = excluded.static_id, url = null, static_url = null,
            category = coalesce(excluded.category, custom_emojis.category), updated_at = $7
        where $6 returning id
        """,
        shortcode,
        picture.original_id,
        picture.static_id,
        category,
        listed,
        overwrite,
        tx.now,
    )


async def change(tx: Tx, shortcode: str, domain: str | None, changes: Changes) -> EmojiId | None:
    """Write what is changed of an emoji; None when there is none."""
    return await tx.value(
        """
        update custom_emojis
        set shortcode = coalesce($3, shortcode), category = case when $4 then nullif($5, '') else category end,
            visible_in_picker = coalesce($6, visible_in_picker), disabled = coalesce($7, disabled)
        where shortcode = $1 and coalesce(domain, '') = coalesce($2, '') returning id
        """,
        shortcode,
        domain,
        None if changes.shortcode is UNSET else changes.shortcode,
        changes.category is not UNSET,
        None if changes.category is UNSET else changes.category,
        None if changes.visible_in_picker is UNSET else changes.visible_in_picker,
        None if changes.disabled is UNSET else changes.disabled,
    )


async def remove(tx: Tx, shortcode: str, domain: str | None) -> bool:
    """Remove an emoji; whether there was one."""
    gone = await tx.run(
        "delete from custom_emojis where shortcode = $1 and coalesce(domain, '') = coalesce($2, '')", shortcode, domain
    )
    return gone > 0


async def purge(
    tx: Tx, *, remote_only: bool, servers: Sequence[str] | None, batch: int
) -> list[tuple[str, str | None]]:
    """Remove a batch of emoji, with `servers` of these and those below them; their shortcodes and domains."""
    rows = await tx.all(
        """
        delete from custom_emojis where id in (
            select e.id from custom_emojis e
            where (not $1 or e.domain is not null) and ($2::text[] is null or exists (
                select from unnest($2::text[]) as name
                where e.domain = name or right(e.domain, length(name) + 1) = '.' || name))
            order by e.id limit $3
        ) returning shortcode, domain
        """,
        remote_only,
        servers,
        batch,
    )
    return [(row["shortcode"], row["domain"]) for row in rows]


async def learn(tx: Tx, domain: str, pictures: Mapping[str, str]) -> bool:
    """Write the pictures of a server's emoji, by shortcode. Says whether one that was known has another one now."""
    return await tx.value(
        """
        with seen as (
            select shortcode, url from unnest($2::text[], $3::text[]) as seen (shortcode, url) order by shortcode
        ), written as (
            insert into custom_emojis (shortcode, domain, url, static_url, visible_in_picker, created_at)
            select shortcode, $1, url, url, false, $4 from seen
            on conflict (shortcode, coalesce(domain, '')) do update
            set url = excluded.url, static_url = excluded.url, original_id = null, static_id = null, updated_at = $4,
                again_at = null
            where custom_emojis.url <> excluded.url
            returning xmax <> 0 as changed
        )
        select coalesce(bool_or(changed), false) from written
        """,
        domain,
        list(pictures),
        list(pictures.values()),
        tx.now,
    )

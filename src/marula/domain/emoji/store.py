"""The SQL of custom emoji."""

from collections.abc import Collection, Mapping

from marula.base.db import Connection, Tx
from marula.domain.emoji.types import Emoji


async def local(db: Connection) -> dict[str, Emoji]:
    """Our emoji that are not disabled, by shortcode, in alphabetical order."""
    rows = await db.all(
        """
        select id, shortcode, domain, url, static_url, category, visible_in_picker, created_at
        from custom_emojis where domain is null and not disabled order by shortcode
        """
    )
    return {row["shortcode"]: Emoji(**dict(row)) for row in rows}


async def named(db: Connection, shortcode: str, domain: str | None) -> Emoji | None:
    """The emoji with this shortcode of a server, None for ours; None when it is not known, or is disabled."""
    row = await db.one(
        """
        select id, shortcode, domain, url, static_url, category, visible_in_picker, created_at
        from custom_emojis where shortcode = $1 and coalesce(domain, '') = coalesce($2, '') and not disabled
        """,
        shortcode,
        domain,
    )
    return None if row is None else Emoji(**dict(row))


async def each_named(db: Connection, wanted: Collection[tuple[str, str]]) -> list[Emoji]:
    """The emoji of other servers with these domains and shortcodes, those that are known and not disabled."""
    rows = await db.all(
        """
        select e.id, e.shortcode, e.domain, e.url, e.static_url, e.category, e.visible_in_picker, e.created_at
        from unnest($1::text[], $2::text[]) as wanted (domain, shortcode)
        join custom_emojis e on e.shortcode = wanted.shortcode and coalesce(e.domain, '') = wanted.domain
        where not e.disabled
        """,
        [domain for domain, _ in wanted],
        [shortcode for _, shortcode in wanted],
    )
    return [Emoji(**dict(row)) for row in rows]


async def learn(tx: Tx, domain: str, pictures: Mapping[str, str]) -> bool:
    """Write the pictures of a server's emoji, by shortcode. Says whether one that was known has another one now."""
    return await tx.value(
        """
        with seen as (
            select shortcode, url from unnest($2::text[], $3::text[]) as seen (shortcode, url) order by shortcode
        ), written as (
            insert into custom_emojis (shortcode, domain, url, static_url, visible_in_picker, created_at)
            select shortcode, $1, url, url, false, $4 from seen
            on conflict (shortcode, coalesce(domain, '')) do update set url = excluded.url, static_url = excluded.url
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

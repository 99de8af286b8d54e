"""The SQL of custom emoji."""

from marula.base.db import Connection
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

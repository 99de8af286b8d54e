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

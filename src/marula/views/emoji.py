"""Custom emoji as clients see them.

A shortcode means the emoji of the server of whoever wrote it: `:plum:` of two servers may be two pictures.

Spec: Mastodon documentation, entities/CustomEmoji
"""

import re
from collections.abc import Iterable, Mapping

from msgspec import UNSET

from marula.base.db import Connection
from marula.domain import emoji
from marula.domain.context import Context
from marula.domain.emoji import Emoji
from marula.entities import CustomEmoji

_SHORTCODE = re.compile(r":([a-zA-Z0-9_]{2,}):")


class Emojis:
    """The custom emoji of this server, and those of others that some texts use."""

    def __init__(self, known: Mapping[str, Emoji], others: Mapping[tuple[str, str], Emoji]) -> None:
        self._known = known
        self._others = others

    @classmethod
    async def local(cls, ctx: Context) -> "Emojis":
        """Those of this server."""
        return cls(await emoji.all_local(ctx), {})

    @classmethod
    async def within(cls, ctx: Context, db: Connection, said: Iterable[tuple[str | None, Iterable[str]]]) -> "Emojis":
        """Those of this server, and what these texts use of the servers of their authors, None for ours.

        Costs: one statement when a text of another server uses one.
        """
        wanted = {(domain, name) for domain, texts in said if domain is not None for name in _names(texts)}
        found = await emoji.each_named(ctx, db, wanted) if wanted else []
        return cls(await emoji.all_local(ctx), {(one.domain or "", one.shortcode): one for one in found})

    def used(self, *texts: str, domain: str | None = None) -> list[CustomEmoji]:
        """The emoji whose shortcodes stand in these texts, each once. `domain`: the author's, None for ours."""
        return [entity(one) for one in self.among(*texts, domain=domain)]

    def among(self, *texts: str, domain: str | None = None) -> list[Emoji]:
        """The same, as the domain knows them."""
        if not (self._known if domain is None else self._others):
            return []
        named = (
            self._known.get(name) if domain is None else self._others.get((domain, name)) for name in _names(texts)
        )
        return [one for one in named if one is not None]

    def all(self) -> list[CustomEmoji]:
        """Every emoji of this server that is not switched off."""
        return [entity(one) for one in self._known.values()]


def entity(one: Emoji) -> CustomEmoji:
    """An emoji in the shape of the API."""
    return CustomEmoji(
        shortcode=one.shortcode,
        url=one.url,
        static_url=one.static_url,
        visible_in_picker=one.visible_in_picker,
        category=UNSET if one.category is None else one.category,
    )


def _names(texts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(name for text in texts for name in _SHORTCODE.findall(text))

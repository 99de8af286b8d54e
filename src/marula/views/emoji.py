"""Custom emoji as clients see them.

Spec: Mastodon documentation, entities/CustomEmoji
"""

import re
from collections.abc import Mapping

from msgspec import UNSET

from marula.domain import emoji
from marula.domain.context import Context
from marula.domain.emoji import Emoji
from marula.entities import CustomEmoji

_SHORTCODE = re.compile(r":([a-zA-Z0-9_]{2,}):")


class Emojis:
    """The custom emoji of this server, by shortcode."""

    def __init__(self, known: Mapping[str, Emoji]) -> None:
        self._known = known

    @classmethod
    async def local(cls, ctx: Context) -> "Emojis":
        """Those of this server."""
        return cls(await emoji.all_local(ctx))

    def used(self, *texts: str) -> list[CustomEmoji]:
        """The emoji whose shortcodes stand in these texts, each once."""
        return [entity(one) for one in self.among(*texts)]

    def among(self, *texts: str) -> list[Emoji]:
        """The same, as the domain knows them."""
        if not self._known:
            return []
        names = dict.fromkeys(name for text in texts for name in _SHORTCODE.findall(text))
        return [self._known[name] for name in names if name in self._known]

    def all(self) -> list[CustomEmoji]:
        """Every emoji that is not switched off."""
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

"""The writes of custom emoji."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.events import changed
from marula.domain.emoji import store
from marula.domain.emoji.reading import LOCAL


async def learn(tx: Tx, domain: str, seen: Sequence[tuple[str, str]]) -> None:
    """Write which custom emoji a server uses: shortcode and address of the picture. The last address counts.

    Costs: nothing without emoji, else one statement; one more, and every process forgets what it shows, when one that
    was known has another picture now.
    """
    if seen and await store.learn(tx, domain, dict(seen)):
        await changed(tx, LOCAL)

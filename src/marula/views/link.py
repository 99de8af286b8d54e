"""Links that trend.

Spec: Mastodon documentation, entities/PreviewCard (Trends::Link)
"""

from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.domain.context import Context
from marula.domain.discovery import Link, link_uses
from marula.entities import TrendsLink
from marula.views import card, store
from marula.views.tag import usage_day, week


async def links(ctx: Context, db: Connection, known: Sequence[Link]) -> list[TrendsLink]:
    """These links with what is behind them and a week of use, today first; those without a card are left out.

    Costs: two statements, and those of `card.authors`.
    """
    if not known:
        return []
    days = week(ctx)
    rows = await link_uses(db, [link.id for link in known], ids.at(days[-1]))
    counted = {(link, day): (uses, people) for link, day, uses, people in rows}
    held = {identifier: card.held(raw) for identifier, raw in await store.cards(db, [link.id for link in known])}
    authors = await card.authors(ctx, db, list(held.values()))
    return [
        TrendsLink(
            **card.fields(ctx, one, authors, url=link.url),
            history=[usage_day(day, *counted.get((link.id, day), (0, 0))) for day in days],
        )
        for link in known
        if (one := held.get(link.id)) is not None
    ]

"""Links that trend.

Spec: Mastodon documentation, entities/PreviewCard (Trends::Link)
"""

from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.domain.context import Context
from marula.domain.discovery import Link, link_uses
from marula.entities import PreviewCardAuthor, TrendsLink, UsageDay
from marula.entities.scalars import datetime_text
from marula.views.tag import usage_day, week


async def links(ctx: Context, db: Connection, known: Sequence[Link]) -> list[TrendsLink]:
    """These links with what is behind them and a week of use, today first.

    Costs: one statement.
    """
    days = week(ctx)
    rows = await link_uses(db, [link.id for link in known], ids.at(days[-1])) if known else []
    counted = {(link, day): (uses, people) for link, day, uses, people in rows}
    return [_entity(link, [usage_day(day, *counted.get((link.id, day), (0, 0))) for day in days]) for link in known]


def _entity(link: Link, history: list[UsageDay]) -> TrendsLink:
    card = link.card
    return TrendsLink(
        url=link.url,
        title=card.title,
        description=card.description,
        language=card.language,
        type=card.kind,
        author_name=card.author_name,
        author_url=card.author_url,
        authors=[PreviewCardAuthor(name=card.author_name, url=card.author_url, account=None)]
        if card.author_url
        else [],
        provider_name=card.provider_name,
        provider_url=card.provider_url,
        html=card.html,
        width=card.width,
        height=card.height,
        image=card.image,
        image_description=card.image_description,
        embed_url=card.embed_url,
        blurhash=card.blurhash,
        published_at=None if card.published_at is None else datetime_text(card.published_at),
        history=history,
    )

"""What comes with a post and belongs to others than its author: emoji of its server, and pages that it links to.

Spec: Mastodon documentation, spec/activitypub (Emoji, preview cards)
"""

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import accounts, boundaries, cards, emoji
from marula.domain.cards import Card
from marula.domain.context import Context
from marula.faces.activitypub.reading import Said, values


async def offer_page(tx: Tx, post: PostId, said: Said) -> None:
    """Keep what came with a post about a page, so that we need not fetch it."""
    if (page := said.preview) is not None:
        card = Card(
            title=page.title,
            description=page.summary,
            language=page.language,
            author_name=page.author,
            published_at=values.moment(page.published),
        )
        await cards.offer(tx, post, page.href, card)


async def learn_emojis(ctx: Context, tx: Tx, author: AccountId, said: Said) -> None:
    """Write which emoji of the author's server a post uses, unless nobody here wants pictures of that server."""
    account = await accounts.by_id(tx, author) if said.emojis else None
    if account is None or account.domain is None:
        return
    if not (await boundaries.stance(ctx, account.domain)).reject_media:
        await emoji.learn(tx, account.domain, said.emojis)

"""A post as other sites show it inside theirs.

Spec: oEmbed 1.0; Mastodon documentation, methods/oembed
"""

from html import escape

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.domain import accounts, posts, site
from marula.domain.context import Context
from marula.entities import OEmbed
from marula.views.addresses import post_at

A_DAY = 86_400
LEAST, MOST = 100, 2000
"""Pixels of a frame."""


async def oembed(ctx: Context, db: Connection, url: str, *, width: int, height: int | None) -> OEmbed:
    """The frame of the post at this address. Raises NotFound unless it is ours and for everybody."""
    identifier = post_at(ctx.config, url)
    if identifier is None:
        raise NotFound("Not Found")
    post = await posts.readable(db, None, identifier)
    author = await accounts.by_id(db, post.account_id)
    if author is None or not post.local or post.reblog_of_id is not None:
        raise NotFound("Not Found")
    web, wide = ctx.config.web_url, _size(width)
    tall = None if height is None else _size(height)
    name = author.display_name or author.username
    source = escape(f"{web}/@{author.username}/{post.id}/embed")
    frame = f' width="{wide}"' + ("" if tall is None else f' height="{tall}"')
    title = escape(f"A post by {name}")
    settings = await site.get(ctx)
    return OEmbed(
        type="rich",
        version="1.0",
        author_name=name,
        author_url=f"{web}/@{author.username}",
        provider_name=settings.title,
        provider_url=f"{web}/",
        cache_age=A_DAY,
        html=f'<iframe src="{source}" title="{title}"{frame} style="max-width:100%;border:0"></iframe>',
        width=wide,
        height=tall,
    )


def _size(asked: int) -> int:
    return max(LEAST, min(asked, MOST))

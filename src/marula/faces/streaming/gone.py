"""Telling that posts are gone, by id alone, to those who could have seen them.

What is gone is in no feed any more, so it is asked who would have had it: whoever follows the author or a hashtag.

Spec: Mastodon documentation, methods/streaming (events: delete)
"""

from collections.abc import Sequence

from marula.base.kernel.ids import AccountId, PostId
from marula.domain import relationships, tags
from marula.domain.context import Context
from marula.domain.posts import BoostsDeleted, PostDeleted, Visibility
from marula.faces.streaming.hub import Hub, send
from marula.faces.streaming.streams import public_streams

FEEDS = ("user", "list")


async def tell_deleted(ctx: Context, hub: Hub, fact: PostDeleted) -> None:
    """Tell the author, their followers, who was named, and for public posts also everybody and by hashtag.

    Costs: one statement, and one more for the hashtags of a public post.
    """
    public = fact.visibility is Visibility.PUBLIC and fact.reblog_of_id is None
    listening = _listening(hub)
    async with ctx.db.reading() as db:
        concerned = {fact.account_id, *await relationships.followers_among(db, fact.account_id, listening)}
        named = {*fact.mentioned}
        if public and fact.tags:
            named.update(await tags.followers_among(db, fact.tags, hub.listeners("user")))
    data = str(fact.post_id).encode()
    send([one for account in concerned for one in hub.of(account, *FEEDS)], "delete", data)
    send([one for account in named - concerned for one in hub.of(account, "user")], "delete", data)
    if public:
        for place in public_streams(fact.local, fact.tags, media=True):
            send(hub.on(place), "delete", data)


async def tell_boosts_deleted(ctx: Context, hub: Hub, fact: BoostsDeleted) -> None:
    """Tell those who boosted and their followers, each of the boosts that they had. Costs: one statement."""
    by_author: dict[AccountId, PostId] = {author: boost for boost, author in fact.boosts}
    async with ctx.db.reading() as db:
        pairs = await relationships.follows_between(db, list(by_author), _listening(hub))
    for account, author in [*((author, author) for author in by_author), *pairs]:
        send(hub.of(account, *FEEDS), "delete", str(by_author[author]).encode())


def _listening(hub: Hub) -> Sequence[AccountId]:
    """Who listens to feeds: their own or those of their lists."""
    lists = {outlet.account for stream in hub.streams("list") for outlet, _ in hub.on(stream)}
    return list(lists.union(hub.listeners("user")))

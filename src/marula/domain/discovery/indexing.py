"""Keeping the index of posts and the libraries in step with what they were made from."""

from collections.abc import AsyncIterator, Sequence

from marula.base.db import Tx
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, PostId
from marula.base.text import words
from marula.domain.context import Context
from marula.domain.discovery import rules
from marula.domain.discovery.store import index, library, links, people
from marula.domain.discovery.types import Searchable
from marula.domain.posts import Visibility

BATCH = 500
"""Posts that one transaction reads and writes."""


async def index_posts(tx: Tx, posts: Sequence[PostId]) -> None:
    """Keep what is to be found of these posts, and nothing of those that nobody here could find; and public links.

    Costs: three statements, one more when some are hidden, two when there are links, and a fraction of a millisecond
    of computing for each post.
    """
    found = await index.searchable(tx, posts)
    kept = [post for post in found if post.local or post.kept or rules.public(post)]
    await index.put(tx, [(post.id, post.account_id, rules.document(post)) for post in kept])
    hidden = set(posts) - {post.id for post in kept}
    if hidden:
        await index.drop(tx, list(hidden))
    await links.put(tx, [(post.id, url) for post in found if _open(post) for url in rules.links(post)], posts)


def _open(post: Searchable) -> bool:
    return post.visibility is Visibility.PUBLIC


async def settle_library(tx: Tx, post: PostId, readers: Sequence[AccountId]) -> None:
    """Compare in whose of these libraries a post belongs, and let it be found by those in whose it is."""
    await library.hold(tx, post)
    if await library.refresh(tx, post, readers):
        await index_posts(tx, [post])


async def index_people(tx: Tx, accounts: Sequence[AccountId]) -> None:
    """Let these people be found by the words of their names.

    Costs: two statements.
    """
    named = await people.names(tx, accounts)
    found = [(account, word) for account, *texts in named for word in dict.fromkeys(words(" ".join(texts)))]
    await people.put(tx, accounts, found)


async def rebuild(ctx: Context) -> AsyncIterator[int]:
    """Make libraries and index anew, people first, the newest posts first, while the server runs.

    Gives the number of posts done so far. What is there stays findable meanwhile; it is compared with what should be
    there, batch by batch.
    """
    done, below, last = 0, ids.LARGEST, ids.LARGEST
    while last:
        async with ctx.db.transaction("relaxed") as tx:
            accounts = await people.below(tx, last, BATCH)
            await index_people(tx, accounts)
        last = accounts[-1] if accounts else 0
    while True:
        async with ctx.db.transaction("relaxed") as tx:
            batch = await index.below(tx, below, BATCH)
            await library.settle(tx, batch)
            await index_posts(tx, batch)
        if not batch:
            return
        done, below = done + len(batch), batch[-1]
        yield done

"""What answers a post, and what a thread holds, as far as everybody may read it: for those who complete what they have.

Spec: ActivityStreams vocabulary, Collection; FEP-7888 and FEP-f228 (context); Mastodon documentation, spec/activitypub
"""

from collections.abc import Sequence

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import ConversationId, PostId
from marula.domain import actors, posts
from marula.domain.posts import Placed
from marula.faces.activitypub.document import Asking, document
from marula.faces.activitypub.objects import public_post
from marula.faces.activitypub.vocab.collection import unordered, unordered_page
from marula.faces.activitypub.vocab.context import Document

LENGTH = 60


@document("/ap/users/{account}/statuses/{post}/replies")
async def replies(asking: Asking) -> Document:
    """The answers: page by page first those of the author, then those of others."""
    post = await public_post(asking)
    uri, others = f"{post.uri}/replies", asking.query.get("only_other_accounts") == "true"
    above = ids.parse(PostId, asking.query.get("min_id", ""))
    async with asking.ctx.db.reading() as db:
        found = await posts.answers_to(db, post.id, post.account_id, own=not others, above=above, limit=LENGTH)
    base = f"{uri}?only_other_accounts=true&page=true" if others else f"{uri}?page=true"
    following = _next(base, found) or (None if others else f"{uri}?only_other_accounts=true&page=true")
    here = base if above is None else f"{base}&min_id={above}"
    page = unordered_page(here, uri, _uris(asking, found), next=following)
    return page if asking.query.get("page") == "true" else unordered(uri, page)


@document("/contexts/{conversation}")
async def context(asking: Asking) -> Document:
    """The posts of a thread. It belongs to whoever began it, when that was here."""
    found = await _thread(asking, above=None)
    uri = actors.context_uri(asking.ctx.config, int(asking.path["conversation"]))
    items = f"{uri}/items?page=true"
    whole = unordered(uri, unordered_page(items, uri, _uris(asking, found), next=_next(items, found)))
    first = found[0]
    owner = {} if first.uri is not None else {"attributedTo": actors.actor_uri(asking.ctx.config, first.account_id)}
    return whole | owner


@document("/contexts/{conversation}/items")
async def context_items(asking: Asking) -> Document:
    """A page of them."""
    above = ids.parse(PostId, asking.query.get("min_id", ""))
    found = await _thread(asking, above=above)
    uri = actors.context_uri(asking.ctx.config, int(asking.path["conversation"]))
    items = f"{uri}/items?page=true"
    here = items if above is None else f"{items}&min_id={above}"
    return unordered_page(here, uri, _uris(asking, found), next=_next(items, found))


async def _thread(asking: Asking, *, above: PostId | None) -> list[Placed]:
    """A page of a thread. Raises: NotFound where nobody may read any of it."""
    conversation = ids.parse(ConversationId, asking.path["conversation"])
    if conversation is None:
        raise NotFound
    async with asking.ctx.db.reading() as db:
        found = await posts.thread(db, conversation, above=above, limit=LENGTH)
        if not found and (above is None or not await posts.thread(db, conversation, above=None, limit=1)):
            raise NotFound
    return found


def _next(base: str, found: Sequence[Placed]) -> str | None:
    return f"{base}&min_id={found[-1].id}" if len(found) == LENGTH else None


def _uris(asking: Asking, found: Sequence[Placed]) -> list[str]:
    return [one.uri or actors.post_uri(asking.ctx.config, one.account_id, one.id) for one in found]

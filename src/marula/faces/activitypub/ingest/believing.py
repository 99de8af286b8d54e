"""Whether a post may be taken at all: its author may say so, is who sent it, and is welcome here.

Spec: FEP-fe34 (origins); federation practice, inbox rules (Create)
"""

import msgspec

from marula.base.kernel.errors import Refused
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, boundaries, servers
from marula.domain.context import Context
from marula.faces.activitypub import fetching
from marula.faces.activitypub.ingest.drafting import Sent
from marula.faces.activitypub.reading import Document, Said, Unreadable, read_post, same_origin
from marula.faces.activitypub.reading.values import LONGEST_URI


def checked(found: Document, sent: Sent | None = None) -> Said:
    """What a post says, when its author may say so, and is who sent it. Raises: Unreadable."""
    said = read_post(found)
    if max(len(said.uri.encode()), len((said.answers or "").encode())) > LONGEST_URI:
        raise Unreadable("the post has too long an id")
    if sent is not None:
        if sent.author_uri not in said.authors:
            raise Unreadable("the post is by somebody else than who sends it")
        said = msgspec.structs.replace(said, author=sent.author_uri)
    if not same_origin(said.uri, said.author):
        raise Unreadable("a post is of the server of its author")
    return said


async def author_of(ctx: Context, said: Said, sent: Sent | None) -> AccountId:
    """Whose it is. Raises: Refused when nothing of theirs is taken, Unreadable, Unreachable."""
    host = servers.host_of(said.uri)
    if (await boundaries.stance(ctx, host)).suspended:
        raise Refused(f"{host} is suspended here")
    author = sent.author if sent is not None else await fetching.actor(ctx, said.author)
    if author is None:
        raise Unreadable("the author of the post cannot be had")
    async with ctx.db.reading() as db:
        account = await accounts.by_id(db, author)
    if account is None or account.local:
        raise Unreadable("the post claims to be of this server")
    if account.suspended_at is not None:
        raise Refused("the author of the post is suspended here")
    return author

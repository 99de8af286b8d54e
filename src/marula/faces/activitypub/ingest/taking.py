"""Posts of other servers, written and revised.

Spec: ActivityPub 7.2 and 7.3; federation practice, inbox rules for Create and Update
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

import msgspec

from marula.base.db import Tx
from marula.base.jobs import job, later, later_at, later_each, later_once
from marula.base.kernel.errors import Gone, NotFound, Refused, Unreachable
from marula.base.kernel.ids import AccountId, PostId
from marula.base.observe import logs
from marula.domain import intake, posts
from marula.domain.context import Context
from marula.domain.posts import Draft
from marula.faces.activitypub import fetching
from marula.faces.activitypub.ingest.approving import approve_later, restrained, weigh
from marula.faces.activitypub.ingest.believing import author_of, checked
from marula.faces.activitypub.ingest.drafting import Sent, drafted
from marula.faces.activitypub.ingest.enclosed import learn_emojis, offer_page
from marula.faces.activitypub.ingest.keeping import document_kept, packed
from marula.faces.activitypub.ingest.knowing import known
from marula.faces.activitypub.ingest.quoting import quote_of
from marula.faces.activitypub.reading import Document, Said, Unreadable, read_post, same_origin

log = logs.logger("ingest")

Search: TypeAlias = Callable[..., Awaitable[None]]

DEEPEST = 20
"""How many posts a thread is followed upwards, and quotes into each other."""


AGAIN = timedelta(minutes=3)
"""After which what could not be had is asked for again. An address that failed is left alone for two minutes."""

TAKEN_BACK = "it was taken back before it came"


class Wanted(msgspec.Struct, frozen=True):
    """A post that another one answers or quotes, so many steps from where the search began, and who may read it.

    `again`: its server could not be reached before.
    """

    uri: str
    depth: int
    signer: AccountId | None = None
    again: bool = False


class Unnamed(msgspec.Struct, frozen=True):
    """Somebody whom a post names and who could not be looked up."""

    post: PostId
    uri: str


async def fetched(
    ctx: Context, uri: str, *, signer: AccountId | None = None, depth: int = 0, group: AccountId | None = None
) -> PostId | None:
    """The post with this id, of this server or another one; None when there is none to be had.

    Takes: `group`, in which it is written as that group says.
    Raises: Unreachable.
    """
    async with ctx.db.reading() as db:
        found = (await known(ctx, db, [uri])).get(uri)
    if found is not None:
        return found
    try:
        return await take(
            ctx, await fetching.document(ctx, uri, signer=signer), signer=signer, depth=depth, group=group
        )
    except (NotFound, Gone, Refused, Unreadable) as error:
        log.info("a post cannot be had", uri=uri, reason=str(error))
        return None


async def take(
    ctx: Context,
    found: Document,
    *,
    signer: AccountId | None = None,
    depth: int = 0,
    sent: Sent | None = None,
    group: AccountId | None = None,
) -> PostId:
    """Write the post in a document. One that is known stays as it is.

    What it answers or quotes and is not known is fetched by jobs: nobody waits for a third server.
    Takes: `sent`, who sent it, when it was not fetched from where it belongs; `group`, as `fetched`.
    Raises: Unreadable when it is no post or not its author's, Refused when its author is suspended, Gone when its
    author took it back before it came, Unreachable.
    """
    said = checked(found, sent)
    async with ctx.db.reading() as db:
        earlier = (await known(ctx, db, [said.uri])).get(said.uri)
    if earlier is not None:
        return earlier
    author = await author_of(ctx, said, sent)
    parent = await _answered(ctx, said.answers)
    quoted = await _quoted(ctx, said, signer, depth)
    made = await drafted(ctx, found, said, author, parent=parent, quoted=quoted, sent=sent, group=group)
    async with ctx.db.transaction() as tx:
        for uri in sorted({said.uri, made.draft.answers_uri or said.uri}):
            await posts.hold_uri(tx, uri)
        draft = await restrained(ctx, tx, author, await _met(ctx, tx, made.draft))
        if await intake.taken_back(tx, said.author, said.uri, tx.now):
            raise Gone(TAKEN_BACK)
        earlier = (await posts.by_uris(tx, [said.uri])).get(said.uri)
        if earlier is not None:
            return earlier
        await learn_emojis(ctx, tx, author, said)
        post = await posts.publish(tx, author, draft, local=False)
        await offer_page(tx, post, said)
        await posts.hint(tx, post, said.totals)
        await posts.keep_document(tx, post, packed(found))
        await approve_later(tx, post, said, held=draft.held_visibility)
        await weigh(ctx, tx, post, said)
        await later_each(tx, name_later, [Unnamed(post, uri) for uri in made.unnamed])
        if draft.answers_uri is not None and depth < DEEPEST:
            wanted = Wanted(draft.answers_uri, depth + 1, signer)
            await later_once(tx, tx.now, f"parent {signer} {wanted.uri}", find_parent, wanted)
        if said.quotes is not None and quoted is None and depth < DEEPEST:
            await later(tx, find_quoted, post, Wanted(said.quotes, depth + 1, signer))
    return post


async def revise(ctx: Context, found: Document, post: PostId, *, sent: Sent | None = None) -> bool:
    """Write the next state of a post that is known; says whether this was newer than what is kept.

    Without a newer time of change only counts and the tallies of a poll change, and what people may do with the post.
    Raises: Unreadable when it is not its author's, Unreachable.
    """
    said = checked(found, sent)
    author = await author_of(ctx, said, sent)
    async with ctx.db.reading() as db:
        before = await posts.by_id(db, post)
    if before is None or before.account_id != author:
        raise Unreadable("the post is somebody else's")
    made = await drafted(ctx, found, said, author, parent=before.in_reply_to_id, quoted=None)
    if said.updated is None or said.updated <= (before.edited_at or before.created_at):
        async with ctx.db.transaction() as tx:
            if made.draft.poll is not None:
                await posts.recount(tx, post, made.draft.poll)
            await posts.set_permits(tx, post, said.permits)
            await posts.hint(tx, post, said.totals)
            await approve_later(tx, post, said, held=before.held_visibility)
        return False
    async with ctx.db.transaction() as tx:
        held = await posts.locked(tx, post)
        if held is None or said.updated <= (held.edited_at or held.created_at):
            return False
        await learn_emojis(ctx, tx, author, said)
        await posts.revise(tx, held, made.draft)
        await offer_page(tx, post, said)
        await posts.set_permits(tx, post, said.permits)
        await posts.hint(tx, post, said.totals)
        await posts.keep_document(tx, post, packed(found))
        await approve_later(tx, post, said, held=held.held_visibility)
        await later_each(tx, name_later, [Unnamed(post, uri) for uri in made.unnamed])
    return True


@job(lane="fetching", attempts=8)
async def find_parent(ctx: Context, wanted: Wanted) -> None:
    """Fetch what a post answers: when it comes, they are joined. It asks for what it answers itself, and so on up."""
    await _found(ctx, wanted, find_parent)


@job(lane="fetching", attempts=8)
async def find_quoted(ctx: Context, post: PostId, wanted: Wanted) -> None:
    """Fetch what a post quotes, and let the post show it."""
    quoted = await _found(ctx, wanted, find_quoted, post)
    if quoted is None:
        return
    async with ctx.db.reading() as db:
        author, kept = await posts.by_id(db, post), await document_kept(db, post)
    if author is None or kept is None or (said := read_post(kept)).quotes != wanted.uri:
        return
    quote = await quote_of(ctx, kept, said, author.account_id, quoted)
    if quote is not None:
        async with ctx.db.transaction() as tx:
            await posts.add_quote(tx, post, quote)


@job(lane="fetching", attempts=8)
async def name_later(ctx: Context, unnamed: Unnamed) -> None:
    """Look up somebody whom a post names, until they are found or are known not to be there."""
    account = await fetching.actor(ctx, unnamed.uri)
    if account is not None:
        async with ctx.db.transaction() as tx:
            await posts.add_mention(tx, unnamed.post, account)


async def _found(ctx: Context, wanted: Wanted, search: Search, *of: PostId) -> PostId | None:
    """What is looked for. When its server does not answer, this search begins anew after a while, once.

    Raises: Unreachable, the second time.
    """
    try:
        return await fetched(ctx, wanted.uri, signer=wanted.signer, depth=wanted.depth)
    except Unreachable as error:
        if wanted.again:
            raise
        log.info("what a post answers or quotes cannot be had now", uri=wanted.uri, reason=str(error))
    async with ctx.db.transaction("relaxed") as tx:
        await later_at(tx, tx.now + AGAIN, search, *of, msgspec.structs.replace(wanted, again=True))
    return None


async def _met(ctx: Context, tx: Tx, draft: Draft) -> Draft:
    """The draft of an answer, joined to what it answers when that came meanwhile."""
    wanted = draft.answers_uri
    parent = None if wanted is None else (await known(ctx, tx, [wanted])).get(wanted)
    return draft if parent is None else msgspec.structs.replace(draft, in_reply_to=parent, answers_uri=None)


async def _answered(ctx: Context, uri: str | None) -> PostId | None:
    """What a post answers or quotes, as far as it is known here."""
    if uri is None:
        return None
    async with ctx.db.reading() as db:
        return (await known(ctx, db, [uri])).get(uri)


async def _quoted(ctx: Context, said: Said, signer: AccountId | None, depth: int) -> PostId | None:
    """What a post quotes, as far as it is known here, or is on the server that the post is of."""
    if said.quotes is None or depth >= DEEPEST:
        return None
    if not same_origin(said.quotes, said.uri):
        return await _answered(ctx, said.quotes)
    try:
        return await fetched(ctx, said.quotes, signer=signer, depth=depth + 1)
    except Unreachable as error:
        log.info("a post cannot be had now", uri=said.quotes, reason=str(error))
        return None

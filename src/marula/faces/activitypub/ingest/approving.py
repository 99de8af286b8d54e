"""Answers to posts whose authors want to be asked: for others only once the author approves them.

Spec: GoToSocial documentation, interaction controls (reply authorizations) and the older interaction policies
"""

import msgspec

from marula.base.db import Connection, Tx
from marula.base.jobs import job, later
from marula.base.kernel.errors import Gone, NotFound, Refused
from marula.base.kernel.ids import AccountId, PostId
from marula.base.observe import logs
from marula.domain import accounts, posts
from marula.domain.context import Context
from marula.domain.posts import Deed, Draft, Visibility
from marula.faces.activitypub import fetching
from marula.faces.activitypub.ingest.keeping import document_kept
from marula.faces.activitypub.reading import Document, Said, Unreadable, id_of, kind_of, same_origin, stamp_in

log = logs.logger("ingest")

STAMPS = ("ReplyAuthorization", "ReplyApproval", "Accept")
"""What says that an answer is approved; the later ones are older."""

MOST_WEIGHED = 100
"""Answers that came before their question and are looked at when that comes, the newest of them."""


class Stamped(msgspec.Struct, frozen=True):
    """An answer, and where it says that the author of what it answers approves it."""

    post: PostId
    stamp: str


async def restrained(ctx: Context, db: Connection, author: AccountId, draft: Draft) -> Draft:
    """The draft of an answer; only for those whom it names when it has to be approved first."""
    parent = None if draft.in_reply_to is None else await posts.by_id(db, draft.in_reply_to)
    if parent is None or draft.visibility >= Visibility.DIRECT:
        return draft
    if not await posts.needs_approval(ctx, db, author, parent):
        return draft
    return msgspec.structs.replace(draft, visibility=Visibility.LIMITED, held_visibility=draft.visibility)


async def weigh(ctx: Context, tx: Tx, post: PostId, said: Said) -> None:
    """Hold back answers that came before this post, where its author wants to be asked for them.

    Costs: nothing where anybody may answer.
    """
    if not any(permit.deed is Deed.REPLY for permit in said.permits):
        return
    found = await posts.by_id(tx, post)
    if found is None:
        return
    for answer in await posts.answers_elsewhere(tx, post, MOST_WEIGHED):
        if await posts.needs_approval(ctx, tx, answer.account_id, found):
            await posts.hold_back(tx, answer.id)
            stamp = stamp_in(await document_kept(tx, answer.id) or {})
            if stamp is not None:
                await later(tx, seek_approval, Stamped(answer.id, stamp))


async def approve_later(tx: Tx, answer: PostId, said: Said, *, held: Visibility | None) -> None:
    """Have it looked up whether an answer that is held back is approved, when it says where.

    Takes: `held`, how far it will reach then; None when it is not held back.
    """
    if held is not None and said.stamp is not None:
        await later(tx, seek_approval, Stamped(answer, said.stamp))


@job(lane="fetching", attempts=8)
async def seek_approval(ctx: Context, stamped: Stamped) -> None:
    """Show an answer that is held back, when the author of what it answers says at their server that it is approved.

    Raises: Unreachable, to be tried again.
    """
    async with ctx.db.reading() as db:
        answer = await posts.by_id(db, stamped.post)
        if answer is None or answer.held_visibility is None or answer.in_reply_to_id is None:
            return
        parent = await posts.by_id(db, answer.in_reply_to_id)
        if parent is None:
            return
        about, target = await posts.uri_of(db, answer.id), await posts.uri_of(db, parent.id)
        writer = await accounts.by_id(db, parent.account_id)
    owner = None if writer is None else writer.uri
    if owner is None or not same_origin(stamped.stamp, owner):
        return
    try:
        consent = await fetching.document(ctx, stamped.stamp)
    except (NotFound, Gone, Refused, Unreadable) as error:
        log.info("an approval cannot be had", stamp=stamped.stamp, reason=str(error))
        return
    if _approves(consent, owner, about, target):
        async with ctx.db.transaction() as tx:
            await posts.release(tx, stamped.post)


def _approves(consent: Document, owner: str, about: str | None, target: str | None) -> bool:
    """Whether this says that its owner approves this answer to this post."""
    kind = kind_of(consent, STAMPS)
    if about is None or kind not in STAMPS:
        return False
    if kind == "Accept":
        return (id_of(consent.get("actor")), id_of(consent.get("object"))) == (owner, about)
    one, other = ("interactingObject", "interactionTarget") if "interactingObject" in consent else ("object", "target")
    said = (id_of(consent.get("attributedTo")), id_of(consent.get(one)))
    return said == (owner, about) and id_of(consent.get(other)) in (None, target)

"""The writes of media. What they refer to was brought into storage before."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.events import record
from marula.base.jobs import later, later_each
from marula.base.kernel.errors import NotFound, Refused
from marula.base.kernel.ids import AccountId, BlobId, MediaId, PostId, ScheduledId
from marula.domain import storage
from marula.domain.media import reactions, rules, store
from marula.domain.media.events import MediaChanged, MediaRemoved, MediaUploaded
from marula.domain.media.types import Change, Chosen, Made, RemoteFile, Thumbnail, Upload


async def upload(tx: Tx, who: AccountId, given: Upload) -> MediaId:
    """Keep a file that somebody sent, loose, and have it processed when it is not yet.

    Records: MediaUploaded. Raises: Conflict when a blob is gone.
    """
    await storage.keep(tx, _blobs(given.made, given.thumbnail, given.source_id))
    made = await store.insert(tx, who, given)
    if given.made is None:
        await later(tx, reactions.process, made)
    await record(tx, MediaUploaded(media_id=made, account_id=who, finished=given.made is not None))
    return made


async def change(tx: Tx, who: AccountId, said: Change, still: Thumbnail | None = None) -> None:
    """Say something else of a file that hangs on no post yet, or give it another small picture.

    Records: MediaChanged. Raises: NotFound, Invalid, Conflict when the blob of the picture is gone.
    """
    if still is not None:
        await storage.keep(tx, [still.small_id])
    if not await store.change(tx, who, said, still):
        raise NotFound
    await record(tx, MediaChanged(media_id=said.id, account_id=who))


async def remove(tx: Tx, who: AccountId, media: MediaId) -> None:
    """Remove a file that was not posted.

    Records: MediaRemoved. Raises: NotFound when it is somebody else's or gone, Refused when a post uses it.
    """
    if not await store.remove(tx, who, media):
        raise Refused(rules.IN_USE) if await store.own(tx, who, [media]) else NotFound
    await record(tx, MediaRemoved(media_id=media, account_id=who))


async def attach(tx: Tx, who: AccountId, post: PostId, chosen: Sequence[Chosen]) -> None:
    """Let a post of ours show these files, and no others. No fact: the post is published, or revised.

    Raises: Refused when one hangs on another post by now, or is gone. Costs: one statement.
    """
    if await store.attach(tx, who, post, chosen) != len(chosen):
        raise Refused(rules.UNUSABLE + ", ".join(str(one.id) for one in chosen))


async def attach_remote(tx: Tx, author: AccountId, post: PostId, files: Sequence[RemoteFile]) -> None:
    """Let a post of another server show these files, and no others. They are fetched when
    somebody looks at them, and soon when somebody here follows the author.

    What cannot be an address is left out, and so is what is too much. No fact: the post is published, or revised.
    Costs: two statements.
    """
    kept = rules.acceptable(files)
    await store.replace_remote(tx, author, post, kept)
    if any(not one.rejected for one in kept):
        await later(tx, reactions.fetch_followed, post)


async def renew(
    tx: Tx,
    after: MediaId,
    *,
    batch: int,
    account: AccountId | None = None,
    post: PostId | None = None,
    domain: str | None = None,
) -> MediaId | None:
    """Forget what is kept here of a batch of files of other servers, and fetch them anew: those above `after`, by id.

    Takes: whose they are, of which post, of which server; None for all. Gives: the last of them, None at the end.
    """
    renewed = await store.renew(tx, after, batch, account=account, post=post, domain=domain)
    await later_each(tx, reactions.fetch, renewed)
    return renewed[-1] if renewed else None


async def hold(tx: Tx, who: AccountId, scheduled: ScheduledId, ids: Sequence[MediaId]) -> None:
    """Keep files for a post that is to be published later. No fact: the post is scheduled. Raises: Refused."""
    if await store.hold(tx, who, scheduled, ids) != len(ids):
        raise Refused(rules.UNUSABLE + ", ".join(str(one) for one in ids))


def _blobs(made: Made | None, still: Thumbnail | None, source: BlobId | None) -> list[BlobId]:
    found = [source, *((made.original_id, made.small_id) if made else ()), still.small_id if still else None]
    return [blob for blob in found if blob is not None]

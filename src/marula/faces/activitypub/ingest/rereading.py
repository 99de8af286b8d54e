"""What other servers once sent, read anew: so that old posts show what is understood since.

Spec: federation practice, content features
"""

from marula.base.db import Tx
from marula.base.jobs import job, later_once
from marula.base.kernel.ids import PostId
from marula.base.observe import logs
from marula.domain import boundaries, emoji, posts
from marula.domain.context import Context
from marula.faces.activitypub.ingest.drafting import restated
from marula.faces.activitypub.ingest.keeping import unpacked
from marula.faces.activitypub.reading import Unreadable, read_post

log = logs.logger("ingest")

BATCH = 100


async def reread_all(tx: Tx, *, host: str | None, kind: str | None) -> None:
    """Read all documents anew that are kept, a batch at a time; of one server or of one type, where that is named."""
    await _later(tx, PostId(0), host, kind)


@job(lane="upkeep", attempts=8)
async def reread(ctx: Context, after: PostId, host: str | None, kind: str | None) -> None:
    """Read the next documents anew, and go on behind them. Run again, it finds that nothing changes."""
    async with ctx.db.reading() as db:
        found = await posts.documents(db, after, BATCH, host=host)
    changed = sum([await _restate(ctx, *one, kind) for one in found])
    if not found:
        return
    last = found[-1][0]
    log.info("documents are read anew", up_to=last, read=len(found), changed=changed)
    async with ctx.db.transaction() as tx:
        await _later(tx, last, host, kind)


async def _restate(ctx: Context, post: PostId, domain: str, document: bytes, kind: str | None) -> bool:
    try:
        said = read_post(unpacked(document))
    except Unreadable as error:
        log.warning("a kept document cannot be read", post=post, reason=str(error))
        return False
    if kind is not None and said.kind != kind:
        return False
    draft = await restated(ctx, said)
    wanted = not (await boundaries.stance(ctx, domain)).reject_media
    async with ctx.db.transaction("relaxed") as tx:
        await emoji.learn(tx, domain, said.emojis if wanted else ())
        return await posts.restate(tx, post, draft)


async def _later(tx: Tx, after: PostId, host: str | None, kind: str | None) -> None:
    await later_once(tx, tx.now, f"reread {host} {kind} {after}", reread, after, host, kind)

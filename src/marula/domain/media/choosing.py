"""Which files a post of ours is to show."""

from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel.errors import Refused
from marula.base.kernel.ids import AccountId, MediaId, PostId, ScheduledId
from marula.domain.media import rules, store
from marula.domain.media.types import Attachment, Change, Chosen


async def choose(
    db: Connection,
    who: AccountId,
    ids: Sequence[MediaId],
    *,
    changes: Sequence[Change] = (),
    post: PostId | None = None,
    scheduled: ScheduledId | None = None,
) -> tuple[Chosen, ...]:
    """The files with these ids, as a post may show them.

    Takes: `changes`, what is said of them anew. `post`, `scheduled`: what may hold them already.
    Raises: Refused when they may not hang on one post, Invalid. Costs: one statement when there are any.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > rules.MOST:
        raise Refused(rules.TOO_MANY)
    if not wanted:
        return ()
    found = await store.own(db, who, wanted)
    unusable = [one for one in wanted if one not in found or not _free(found[one], post, scheduled)]
    if unusable:
        raise Refused(rules.UNUSABLE + ", ".join(str(one) for one in unusable))
    rules.check_together([found[one] for one in wanted])
    said = {change.id: change for change in changes}
    return tuple(rules.choose(found[one], said.get(one)) for one in wanted)


def _free(file: Attachment, post: PostId | None, scheduled: ScheduledId | None) -> bool:
    return file.post_id in (None, post) and file.scheduled_id in (None, scheduled)

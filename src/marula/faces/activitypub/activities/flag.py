"""Flag: another server, or somebody there, reports some of ours to our moderators.

Spec: ActivityStreams vocabulary, Flag; Mastodon documentation, spec/activitypub (reports federation)
"""

import re
from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, boundaries, intake, moderation, posts, servers
from marula.domain.context import Context
from marula.domain.moderation import Complaint
from marula.domain.posts import Post
from marula.faces.activitypub import ingest
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, receives
from marula.faces.activitypub.reading import ids_of
from marula.faces.activitypub.reading.values import text

LONGEST_COMMENT = 5000
MOST_TARGETS, MOST_POSTS = 10, 100

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


@receives("Flag")
async def receive_flag(ctx: Context, activity: Activity) -> Outcome:
    """One report for each of our people who are named, or whose posts are, with those posts; and for those who answered
    ours with a post that is named.

    Some servers name the posts in the comment alone.
    """
    if (await boundaries.stance(ctx, servers.host_of(activity.actor_uri))).reject_reports:
        return Ignored("reports of this server are not taken")
    if activity.id is None:
        return Ignored("a report without an id cannot be told from a copy of it")
    comment = (text(activity.document.get("content"), LONGEST_COMMENT) or "").strip()
    named = [*ids_of(activity.object), *_ADDRESS.findall(comment)]
    async with ctx.db.transaction() as tx:
        if await intake.deed_of(tx, activity.id) is not None:
            return Accepted()
        written = await _written(ctx, tx, named)
        people = await accounts.many(tx, _people(ctx, named))
        targets = dict.fromkeys([one.id for one in people if one.local] + [one.account_id for one in written])
        if not targets:
            return Ignored("it is about nobody of this server")
        for target in list(targets)[:MOST_TARGETS]:
            evidence = tuple(one.id for one in written if one.account_id == target)
            await moderation.report(tx, activity.actor, Complaint(target_id=target, comment=comment, post_ids=evidence))
        await intake.note(tx, activity.id, activity.actor, "flag", activity.id)
    return Accepted()


def _people(ctx: Context, named: Sequence[str]) -> list[AccountId]:
    found = (actors.account_of(ctx.config, uri) for uri in named)
    return [one for one in found if one is not None and one != accounts.INSTANCE]


async def _written(ctx: Context, db: Connection, named: Sequence[str]) -> list[Post]:
    """The posts that are named and are ours, or answer one of ours."""
    known = await ingest.known(ctx, db, named[:MOST_POSTS])
    found = await posts.many(db, list(known.values()))
    answered = sorted({one.in_reply_to_account_id for one in found if one.in_reply_to_account_id is not None})
    ours = {one.id for one in await accounts.many(db, answered) if one.local} if answered else set[AccountId]()
    return [one for one in found if one.local or one.in_reply_to_account_id in ours]

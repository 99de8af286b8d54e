"""Which of a viewer's filters posts meet, put into the posts at the end.

Whoever has no filters pays nothing. Of what is filtered nothing is left out: clients decide by the context of a filter.
Spec: Mastodon documentation, entities/Status#filtered and entities/FilterResult
"""

from collections.abc import Iterable, Mapping

from marula.base.db import Connection, Row
from marula.base.kernel.ids import AccountId, PostId
from marula.base.text import plain_text
from marula.domain import filters
from marula.domain.context import Context
from marula.domain.filters.rules import Compiled
from marula.entities import FilterResult, Status
from marula.views import store
from marula.views.filter import plain
from marula.views.fragments import encode
from marula.views.media import held
from marula.views.quote import shown_quote
from marula.views.remembered import of
from marula.views.rendered import Rendered

MARK = b'"filtered":[]'


async def met(
    ctx: Context,
    db: Connection,
    viewer: AccountId | None,
    rows: Mapping[int, Row],
    posts: Mapping[PostId, Rendered[Status]],
) -> Mapping[PostId, Rendered[Status]]:
    """These posts with the filters of the viewer that they meet, and those that what they boost or quote meets.

    Costs: nothing without filters; else at most one statement for filters and one for texts that are not remembered.
    """
    mine = () if viewer is None or not posts else await filters.of(ctx, db, viewer)
    if not mine:
        return posts
    inside = {post: _outside_in(rows, post, viewer) for post in posts}
    results = await _results(ctx, db, viewer, rows, {one for chain in inside.values() for one in chain}, mine)
    return {
        post: Rendered(_put(whole.data, [results.get(one) for one in inside[post]])) for post, whole in posts.items()
    }


def _outside_in(rows: Mapping[int, Row], post: int, viewer: AccountId | None) -> list[int]:
    """Whose words count for each place in a post that says what is filtered, from its end to its beginning."""
    origin = rows[post]["reblog_of_id"]
    proper = post if origin is None else origin
    inner = shown_quote(rows, rows[proper], viewer)
    return [proper, *([] if origin is None else [proper]), *([] if inner is None else [inner])]


async def _results(
    ctx: Context,
    db: Connection,
    viewer: AccountId | None,
    rows: Mapping[int, Row],
    posts: Iterable[int],
    mine: tuple[Compiled, ...],
) -> dict[int, bytes]:
    """The results by post, for those that meet something. One's own posts meet nothing."""
    others = [post for post in posts if rows[post]["account_id"] != viewer]
    texts = await _texts(ctx, db, rows, others)
    found: dict[int, bytes] = {}
    for post, text in texts.items():
        matches = filters.rules.matches(mine, PostId(post), text, ctx.clock.now())
        if matches:
            found[post] = encode(
                [
                    FilterResult(
                        filter=plain(match.filter),
                        keyword_matches=None if match.words is None else [match.words],
                        status_matches=[str(post)] if match.named else None,
                    )
                    for match in matches
                ]
            )
    return found


async def _texts(ctx: Context, db: Connection, rows: Mapping[int, Row], posts: Iterable[int]) -> dict[int, str]:
    """What posts say, without HTML: warning, text, the options of a poll, and what files show in words."""
    remembered = of(ctx).texts
    known: dict[int, str] = {}
    missing: list[PostId] = []
    for post in posts:
        kept = remembered.get(post, rows[post]["version"])
        if kept is None:
            missing.append(PostId(post))
        else:
            known[post] = kept[0].decode()
    for row in await store.bodies(db, missing) if missing else ():
        described = (file.description for file in held(row["media"]) if file.description is not None)
        parts = (row["spoiler_text"], plain_text(row["html"]), *(row["poll_options"] or ()), *described)
        text = "\n".join(parts)
        remembered.put(row["id"], row["version"], (text.encode(),))
        known[row["id"]] = text
    return known


def _put(data: bytes, results: Iterable[bytes | None]) -> bytes:
    """Write results into their places, from the end."""
    end = len(data)
    for result in results:
        place = data.rfind(MARK, 0, end)
        if place < 0:
            break
        if result is not None:
            data = data[:place] + b'"filtered":' + result + data[place + len(MARK) :]
        end = place
    return data

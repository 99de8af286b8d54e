"""The SQL of searching posts."""

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain.discovery.types import Hit


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for, as texts of tsqueries.

    `all_of` must match; empty, everything does. `words`, which may be empty: by which the match is measured.
    `open`: what must match besides where one looks among all posts, and not only in the viewer's library.
    `above`, `below`: ids. `oldest`: count from the oldest.
    """

    all_of: str
    words: str
    open: str | None
    library: bool
    above: int
    below: int
    oldest: bool = False


class _Slots:
    """The arguments of a statement, in the order in which it names them."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def __call__(self, value: object, kind: str) -> str:
        self.values.append(value)
        return f"${len(self.values)}::{kind}"


async def hits(db: Connection, viewer: AccountId, search: Search, era: str, since: int, most: int) -> list[Hit]:
    """The newest posts that match, so many at most: of those that the viewer may find by their words.

    Takes: `era`, a tsquery of when they were written, and `since`, the smallest id of that time; empty, at any time.
    The library is walked from its newest post: a plan that asked the index of words first would read all that has a
    frequent word.
    Whether authors still want to be found is asked of their accounts. What the viewer may see, the views decide.
    Costs: one statement, on the index of words and on the primary key of the library.
    """
    slot = _Slots()
    wanted = " & ".join(part for part in (search.all_of, era) if part)
    viewing, last = slot(viewer, "bigint"), slot(most, "bigint")
    within = f"post_id < {slot(search.below, 'bigint')} and s.post_id > {slot(search.above, 'bigint')}"
    order = "asc" if search.oldest else "desc"
    parts: list[str] = []
    if search.open is not None:
        terms = " & ".join(part for part in (wanted, search.open) if part)
        parts.append(
            f"""(
                select s.post_id, s.words from (
                    select post_id, account_id, words from search_posts
                    where words @@ {slot(terms, "tsquery")} offset 0
                ) s join accounts a on a.id = s.account_id
                where s.{within}
                  and (a.id = {viewing} or a.indexable and a.silenced_at is null and a.suspended_at is null)
                order by s.post_id {order} limit {last}
            )"""
        )
    if search.library:
        matching = f"where s.words @@ {slot(search.all_of, 'tsquery')}" if search.all_of else ""
        parts.append(
            f"""(
                select s.post_id, s.words from (
                    select post_id from search_library s
                    where account_id = {viewing} and {within} and post_id >= {slot(since, "bigint")}
                    order by post_id {order} offset 0
                ) l cross join lateral (
                    select post_id, words from search_posts where post_id = l.post_id offset 0
                ) s {matching} order by l.post_id {order} limit {last}
            )"""
        )
    match = f"ts_rank(s.words, {slot(search.words, 'tsquery')}, 1)" if search.words else "1"
    rows = await db.all(f"select s.post_id, {match} as match from ({' union all '.join(parts)}) s", *slot.values)
    found = {row["post_id"]: Hit(row["post_id"], row["match"]) for row in rows}
    return sorted(found.values(), key=lambda hit: hit.post_id, reverse=not search.oldest)[:most]

"""Reactions to posts as clients see them, an extension of the API.

Spec: Mastodon documentation, entities/Reaction; FEP-c0e0 (emoji reactions)
"""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from marula.base.db import Connection, Row
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import emoji, interactions
from marula.domain.context import Context
from marula.domain.interactions import Chosen
from marula.entities import Account, Reaction, StatusReaction, rendered
from marula.views import account, store
from marula.views.fragments import encode

MOST = 50
"""Different emoji that are shown of one post."""


async def reactions_of(
    ctx: Context, db: Connection, viewer: AccountId | None, rows: Mapping[int, Row]
) -> dict[int, bytes]:
    """The encoded reactions to those of these posts that have some.

    Takes: rows that hold `reactions_count`.
    Costs: nothing when no post has any, else one statement.
    """
    posts = [PostId(post) for post, row in rows.items() if row["reactions_count"]]
    found: dict[int, list[Reaction]] = {}
    for row in await store.reactions(db, viewer, posts) if posts else ():
        shown = found.setdefault(row["post_id"], [])
        if len(shown) < MOST:
            shown.append(Reaction(**_said(ctx, row, viewer)))
    return {post: encode(entities) for post, entities in found.items()}


async def reacted(
    ctx: Context, db: Connection, viewer: AccountId | None, post: PostId, *, only: Chosen | None, each: int
) -> list[StatusReaction]:
    """The reactions to a post, or those with one emoji, with the first so many who gave `each`.

    Costs: four statements, whatever their number.
    """
    counted = await store.reactions(db, viewer, [post])
    rows = {Chosen(row["name"], row["domain"]): row for row in counted[:MOST]}
    chosen = [one for one in rows if only is None or one == only]
    given = await interactions.reactors(db, post, chosen, each, viewer=viewer)
    states = await store.versions(db, list({one.account_id for one in given}))
    people = await account.embedded(ctx, db, {who: row[store.SELF] for who, row in states.items()})
    return [
        StatusReaction(
            **_said(ctx, rows[one], viewer),
            accounts=[
                rendered(Account, people[by.account_id]) for by in given if by.chosen == one and by.account_id in people
            ],
        )
        for one in chosen
    ]


def _said(ctx: Context, row: Row, viewer: AccountId | None) -> dict[str, Any]:
    """What is said of an emoji under a post."""
    picture = None
    if row["emoji_id"] is not None:
        picture = emoji.shown_at(
            ctx, row["emoji_id"], urls=(row["url"], row["static_url"]), keys=(row["key"], row["static_key"])
        )
    return {
        "name": f"{row['name']}@{row['domain']}" if row["domain"] else row["name"],
        "count": row["count"],
        "me": UNSET if viewer is None else row["me"],
        "url": UNSET if picture is None else picture[0],
        "static_url": UNSET if picture is None else picture[1],
    }

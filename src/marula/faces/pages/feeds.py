"""Public posts as feeds: of a person (`/@name.rss`, `/@name.atom`) and of a hashtag (`/tags/NAME.rss`).

Spec: RSS 2.0; RFC 4287 (Atom); Mastodon documentation, user/profile (rss)
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import msgspec
from markupsafe import Markup, escape

from marula.base.kernel.ids import PostId
from marula.faces.pages.page import File, Visit
from marula.faces.pages.rendering import entity, render_plain, site_values
from marula.views.status import statuses

LENGTH = 20
KINDS = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}
A_WHILE = "public, max-age=300"
TITLE = 80


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed is of. `page`: the address for people; `picture`: of the person, if it is of one."""

    title: str
    about: str
    page: str
    picture: str | None = None


def asked(visit: Visit) -> bool:
    """Whether the address asks for a feed."""
    return any(split(value)[1] for value in visit.path.values())


def split(name: str) -> tuple[str, str | None]:
    """What stands in an address without the kind of feed that is asked for, and that kind."""
    head, dot, kind = name.rpartition(".")
    return (head, kind) if dot and head and kind in KINDS else (name, None)


async def feed(visit: Visit, kind: str, about: Feed, posts: Sequence[PostId]) -> File:
    """The feed of these posts, as everybody may see them. Whoever asks is a visitor here: readers share feeds."""
    async with visit.ctx.db.reading() as db:
        shown = [entity(one.data) for one in await statuses(visit.ctx, db, None, posts)]
    items = [_item(one["reblog"] or one) for one in shown]
    values = {
        "site": await site_values(visit),
        "feed": about,
        "items": items,
        "self": f"{about.page}.{kind}",
        "updated": max((one["changed"] for one in items), default=datetime(2000, 1, 1, tzinfo=UTC)),
    }
    data = render_plain(f"feed.{kind}.xml", values)
    return File(data=data, kind=KINDS[kind], cache=A_WHILE, etag=f'"{hashlib.sha256(data).hexdigest()[:20]}"')


def _item(status: dict[str, Any]) -> dict[str, Any]:
    written = datetime.fromisoformat(status["created_at"])
    warning = status["spoiler_text"]
    words = warning or Markup(status["content"]).striptags()  # noqa: S704 - its tags are taken away
    title = words if len(words) <= TITLE else f"{words[:TITLE]}…"
    return {
        "title": title or status["account"]["display_name"] or status["account"]["username"],
        "link": status["url"] or status["uri"],
        "id": status["uri"],
        "author": f"@{status['account']['acct']}",
        "html": f"<p><strong>{escape(warning)}</strong></p>{status['content']}" if warning else status["content"],
        "written": written,
        "rfc822": format_datetime(written),
        "changed": datetime.fromisoformat(status["edited_at"]) if status["edited_at"] else written,
        "media": [one for one in status["media_attachments"] if one["url"]],
        "tags": [tag["name"] for tag in status["tags"]],
    }

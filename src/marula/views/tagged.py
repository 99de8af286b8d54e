"""The collections to which posts link, put into the posts at the end: what a viewer sees of them differs.

What is remembered of a post has a mark in the place of `tagged_collections`: the ids of the collections between two
bytes 1. Encoders escape such bytes in texts, so that a mark is found wherever it stands, also in a post inside another.
Spec: Mastodon documentation, client/collections (sharing); entities/Status#tagged_collections
"""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, CollectionId
from marula.base.text import scan
from marula.domain.context import Context
from marula.views.collection import collections_by_id
from marula.views.fragments import encode
from marula.views.rendered import Rendered

K = TypeVar("K")
T = TypeVar("T")

_MARK = re.compile(rb"\x01([0-9,]+)\x01")
MOST = 5
"""Collections that one post shows."""


def marked(ctx: Context, text: str) -> Any:
    """What stands for the collections of this server whose addresses are in a text: a mark, or an empty list."""
    place = f"{ctx.config.web_url}/collections/"
    if place not in text:
        return []
    links = [token.text.removeprefix(place) for token in scan(text) if token.kind == "url"]
    found = dict.fromkeys(link for link in links if ids.parse(int, link) is not None)
    return msgspec.Raw(b"\x01%b\x01" % ",".join([*found][:MOST]).encode()) if found else []


async def filled(
    ctx: Context, db: Connection, viewer: AccountId | None, posts: Mapping[K, Rendered[T]]
) -> dict[K, Rendered[T]]:
    """These posts with what the viewer may see of the collections.

    Costs: nothing when no post links to one, else two statements.
    """
    found = {key: one.data for key, one in posts.items() if b"\x01" in one.data}
    if not found:
        return dict(posts)
    wanted = {identifier for data in found.values() for mark in _MARK.findall(data) for identifier in _ids(mark)}
    shown = {
        identifier: encode(one) for identifier, one in (await collections_by_id(ctx, db, viewer, list(wanted))).items()
    }

    def put(match: re.Match[bytes]) -> bytes:
        return b"[" + b",".join(shown[one] for one in _ids(match[1]) if one in shown) + b"]"

    return {key: Rendered(_MARK.sub(put, one.data)) if key in found else one for key, one in posts.items()}


def _ids(mark: bytes) -> list[CollectionId]:
    return [CollectionId(int(one)) for one in mark.split(b",")]

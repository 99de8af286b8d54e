"""Custom emoji that a document names.

Spec: federation practice, content features (custom emoji); Mastodon documentation, spec/activitypub (Emoji)
"""

import re
from typing import Any

from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.pictures import picture_in

WIDTH = 128
"""How wide the picture of an emoji is wanted."""

MOST = 100
"""Emoji that are taken of one document."""

_NAME = re.compile(r"[a-zA-Z0-9_]{2,128}")


def read_emojis(tags: Any) -> tuple[tuple[str, str], ...]:
    """The shortcode and the picture of each, once; those without either are left out."""
    found: dict[str, str] = {}
    for tag in values.many(tags):
        if not isinstance(tag, dict) or values.kind_of(tag) != "Emoji":
            continue
        name = (values.text(tag.get("name"), 300) or "").strip(":")
        url = picture_in(tag.get("icon"), WIDTH)
        if url is not None and _NAME.fullmatch(name) and len(found) < MOST:
            found.setdefault(name, url)
    return tuple(found.items())

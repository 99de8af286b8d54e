"""Pictures that stand for something: avatars, headers, posters. A list of them holds one picture in several sizes.

Spec: ActivityStreams vocabulary, icon and image; federation practice of PeerTube (lists of icons)
"""

from typing import Any

from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.links import Link, links_of


def picture_in(value: Any, wanted: int) -> str | None:
    """The address of the smallest picture that is wide enough, else of the widest; without sizes of the first."""
    found = [link for entry in values.many(value) for link in _sizes(entry)]
    sized = sorted((link for link in found if link.width), key=lambda link: link.width or 0)
    if not sized:
        return found[0].href if found else None
    return next((link.href for link in sized if (link.width or 0) >= wanted), sized[-1].href)


def _sizes(entry: Any) -> list[Link]:
    """The pictures of an entry; a size that is said of the whole holds for those that say none."""
    if not isinstance(entry, dict):
        return links_of(entry)
    links = links_of(entry.get("url")) or links_of(entry)
    width = values.number(entry.get("width"))
    found = [
        Link(href=one.href, media_type=one.media_type, width=one.width or width, height=one.height, size=one.size)
        for one in links
    ]
    return [one for one in found if one.family in ("", "image")]

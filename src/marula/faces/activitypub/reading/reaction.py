"""With which emoji somebody reacts to a post, in all ways of the field.

Spec: FEP-c0e0 (emoji reactions); Misskey's `_misskey_reaction`
"""

from marula.base.text import is_emoji
from marula.domain.interactions import Chosen, readable_reaction
from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.values import Document

LONGEST = 2300


def read_reaction(activity: Document, domain: str, ours: str) -> Chosen | None:
    """The emoji of a Like or EmojiReact: a character, or a custom one; None when it says none.

    Takes: `domain`, the server of who reacts, whose custom emoji these are when nothing else is said, and `ours`.
    """
    for name in ("content", "_misskey_reaction"):
        said = (values.text(activity.get(name), LONGEST) or "").strip()
        chosen = readable_reaction(said, domain) if said.startswith(":") or is_emoji(said) else None
        if chosen is not None:
            return Chosen(chosen.name) if chosen.domain == ours else chosen
    return None

"""What an emoji may be called. Pure.

Spec: limits.json, media.emoji_shortcode_min, media.emoji_shortcode_max, emoji.shortcode_regexp
"""

import re

from marula.base.kernel.errors import Invalid

SHORTCODE = re.compile(r"[a-zA-Z0-9_]{2,128}")
LONGEST_CATEGORY = 100


def check_shortcode(name: str) -> str:
    """The shortcode, with or without the colons around it. Raises Invalid."""
    bare = name.strip().strip(":")
    if not SHORTCODE.fullmatch(bare):
        why = "may have 2 to 128 letters from a to z, digits and underscores"
        raise Invalid.field("shortcode", why, "ERR_INVALID")
    return bare


def check_category(name: str | None) -> str | None:
    """A category, None for none. Raises Invalid."""
    bare = "" if name is None else " ".join(name.split())
    if len(bare) > LONGEST_CATEGORY:
        raise Invalid.field("category", f"is too long (maximum is {LONGEST_CATEGORY} characters)", "ERR_TOO_LONG")
    return bare or None

"""What can be a hashtag, and how many may be on a profile. Pure.

Spec: limits.json, featured_tags and hashtag.rule
"""

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.text import normalise_hashtag, valid_hashtag

MAX_FEATURED = 10


def named(text: str) -> tuple[str, str]:
    """The normalised name and the spelling of the hashtag that a path names, with or without the sign.

    Raises NotFound when no hashtag can be called so.
    """
    spelling = text.strip().removeprefix("#")
    if not valid_hashtag(spelling):
        raise NotFound
    return normalise_hashtag(spelling), spelling


def asked(text: str) -> tuple[str, str]:
    """The same for a name in a form. Raises Invalid."""
    try:
        return named(text)
    except NotFound:
        raise Invalid.field("name", "is invalid" if text.strip() else "can't be blank") from None


def check_featured(count: int) -> None:
    """Raises Invalid when so many hashtags are on a profile that there is no place for another."""
    if count >= MAX_FEATURED:
        raise Invalid.because("You have already featured the maximum number of hashtags")

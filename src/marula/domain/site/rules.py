"""What a setting may be. Pure."""

from typing import Any, get_args, get_type_hints

import msgspec

from marula.base.kernel.errors import Invalid
from marula.domain.site.types import FeedAccess, SiteSettings

RULE_TEXT_MAX = 300

KINDS: dict[str, Any] = get_type_hints(SiteSettings, include_extras=True)


def described(key: str) -> str:
    """What the value of a setting must be, in words. Raises Invalid when there is no such setting."""
    if key not in KINDS:
        raise Invalid.because(f"There is no setting named {key}; there are {', '.join(KINDS)}")
    return next(meta.description for meta in get_args(KINDS[key])[1:])


def feed_shown(access: FeedAccess, *, signed_in: bool) -> bool:
    """Whether a feed is shown to somebody, as the owner decided."""
    return access == "public" or (access == "authenticated" and signed_in)


def checked(key: str, value: object) -> Any:
    """The value as the setting keeps it; text such as "false" is read as what it means. Raises Invalid."""
    wanted = described(key)
    try:
        return msgspec.convert(value, type=KINDS[key], strict=False)
    except msgspec.ValidationError as error:
        raise Invalid.field(key, f"must be {wanted}") from error


def check_rule(text: str) -> None:
    """Raises Invalid when this cannot be a rule of the house."""
    if not text.strip():
        raise Invalid.field("text", "can't be blank", "ERR_BLANK")
    if len(text) > RULE_TEXT_MAX:
        raise Invalid.field("text", f"is too long (maximum is {RULE_TEXT_MAX} characters)", "ERR_TOO_LONG")

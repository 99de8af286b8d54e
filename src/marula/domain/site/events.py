"""The facts of the site."""

from marula.base.events import Fact


class SiteSettingChanged(Fact, frozen=True, kw_only=True):
    """The owner, or a command, gave a setting a value."""

    key: str


class SiteRulesChanged(Fact, frozen=True, kw_only=True):
    """A rule was added or removed, or their order changed."""

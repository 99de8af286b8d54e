"""The words of interactions."""

import msgspec

from marula.base.kernel.ids import AccountId, PostId


class Chosen(msgspec.Struct, frozen=True):
    """An emoji to react with: a character, or the shortcode of a custom emoji of the server `domain`.

    `domain`: empty for characters and for the emoji of this server.
    """

    name: str
    domain: str = ""


class Reacted(msgspec.Struct, frozen=True, kw_only=True):
    """A reaction. `uri`: the id of the activity of another server that brought it."""

    id: int
    account_id: AccountId
    post_id: PostId
    name: str
    domain: str
    uri: str | None

    @property
    def chosen(self) -> Chosen:
        """Its emoji."""
        return Chosen(self.name, self.domain)

"""The facts of OAuth applications."""

from marula.base.events import Fact
from marula.base.kernel.ids import AppId, TokenId, UserId


class AppRegistered(Fact, frozen=True, kw_only=True):
    """A program made itself known."""

    app_id: AppId


class AppAuthorised(Fact, frozen=True, kw_only=True):
    """Somebody let a program act in their name."""

    app_id: AppId
    user_id: UserId


class TokensRevoked(Fact, frozen=True, kw_only=True):
    """Tokens are worth nothing from now on; connections opened with them must end."""

    token_ids: tuple[TokenId, ...]

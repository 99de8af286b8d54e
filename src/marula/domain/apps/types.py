"""The words of OAuth applications."""

from datetime import datetime, timedelta

import msgspec

from marula.base.kernel.errors import MarulaError
from marula.base.kernel.ids import AccountId, AppId, TokenId, UserId
from marula.domain import users
from marula.domain.users import Permission, Standing

CODE_LIFETIME = timedelta(minutes=10)
NOTED_DAILY = timedelta(days=1)
NOTED_HOURLY = timedelta(hours=1)


class OAuthError(MarulaError):
    """A refusal in the words of OAuth. Spec: RFC 6749, 4.1.2.1 and 5.2"""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code = code


class App(msgspec.Struct, frozen=True, kw_only=True):
    """A program that may ask people to act in their name."""

    id: AppId
    name: str
    website: str | None
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    client_id: str
    created_at: datetime


class NewApp(msgspec.Struct, frozen=True, kw_only=True):
    """What a program says of itself. `redirect_uris` and `scopes` as sent: one text, or several."""

    name: str = ""
    redirect_uris: str | tuple[str, ...] = ""
    scopes: str | None = None
    website: str | None = None


class Registered(msgspec.Struct, frozen=True):
    """A program just registered, with its secret, which is shown this once."""

    app: App
    client_secret: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a program asks a person for, as it stands in the address of the consent page."""

    response_type: str = ""
    redirect_uri: str = ""
    scope: str | None = None
    code_challenge: str | None = None
    code_challenge_method: str | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The same, checked: the person may be asked for this."""

    app: App
    redirect_uri: str
    scopes: tuple[str, ...]
    code_challenge: str | None


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's consent, to be exchanged for a token."""

    app_id: AppId
    user_id: UserId
    redirect_uri: str
    scopes: tuple[str, ...]
    code_challenge: str | None
    expires_at: datetime


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A new token; its text is shown this once."""

    token: str
    scopes: tuple[str, ...]
    created_at: datetime


class Bearer(msgspec.Struct, frozen=True, kw_only=True):
    """Who calls with a token, and all that a request needs to know of them. Without a user the app itself calls."""

    token_id: TokenId
    app_id: AppId
    app_name: str
    app_website: str | None
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    user_id: UserId | None
    account_id: AccountId | None
    permissions: Permission
    confirmed: bool
    approved: bool
    disabled: bool
    suspended: bool
    locale: str | None
    chosen_languages: tuple[str, ...] | None
    last_active_at: datetime | None

    @property
    def standing(self) -> Standing:
        """Whether the person may act. Only where there is one."""
        return users.standing(self)

    def valid(self, now: datetime) -> bool:
        """Whether the token is neither revoked nor over."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)

    def unnoted(self, now: datetime) -> bool:
        """Whether it is time to note that the token is used and the person here: see `mark_used`."""
        if self.last_used_at is None or self.last_used_at + NOTED_DAILY <= now:
            return True
        return self.user_id is not None and (self.last_active_at is None or self.last_active_at + NOTED_HOURLY <= now)


class Permitted(msgspec.Struct, frozen=True, kw_only=True):
    """A program to which somebody gave consent: what it may do and when it last did."""

    app: App
    scopes: tuple[str, ...]
    last_used_at: datetime | None

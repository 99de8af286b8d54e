"""How one likes to write and read.

Spec: Mastodon documentation, methods/preferences
"""

from marula.base.kernel.errors import NotFound
from marula.domain import accounts, users
from marula.entities import Preferences
from marula.faces.api.call import Call
from marula.faces.api.route import route


@route("GET", "/api/v1/preferences", scopes=("read", "read:accounts"))
async def show(call: Call) -> Preferences:
    """One's preferences. Without a chosen visibility, a locked account posts for its followers."""
    async with call.ctx.db.reading() as db:
        user = await users.by_account(db, call.me)
        account = await accounts.by_id(db, call.me)
    if user is None or account is None:
        raise NotFound
    wishes = user.preferences
    return Preferences(
        posting_visibility=wishes.default_privacy or ("private" if account.locked else "public"),
        posting_sensitive=wishes.default_sensitive,
        posting_language=wishes.default_language,
        posting_quote_policy=wishes.default_quote_policy,
        reading_media=wishes.expand_media,
        reading_spoilers=wishes.expand_spoilers,
        reading_autoplay_gifs=wishes.autoplay_gifs,
    )

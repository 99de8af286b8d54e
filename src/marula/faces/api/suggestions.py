"""Whom one could follow.

Spec: Mastodon documentation, methods/suggestions
"""

from datetime import UTC, datetime
from typing import Literal, TypeAlias

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain import discovery
from marula.domain.discovery import Suggested, SuggestionSource
from marula.entities import Account, Empty, Suggestion, rendered
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views.account import accounts, accounts_by_id

READ = ("read", "read:accounts")
MOST = 80
FARTHEST = 10_000
"""There are never so many suggestions."""

Reason: TypeAlias = Literal["staff", "past_interactions", "global"]

OLD_REASONS: dict[SuggestionSource, Reason] = {
    "featured": "staff",
    "most_followed": "global",
    "most_interactions": "global",
    "similar_to_recently_followed": "past_interactions",
    "friends_of_friends": "past_interactions",
}
"""What clients before 4.3 are told."""


class SuggestionsForm(Form, frozen=True, kw_only=True):
    """Which part of the suggestions."""

    limit: int = 40
    offset: int = 0


@route("GET", "/api/v2/suggestions", scopes=READ)
async def index(call: Call, form: SuggestionsForm) -> list[Suggestion]:
    """Accounts worth following, and why."""
    async with call.ctx.db.reading() as db:
        found = await _found(call, db, form)
        shown = await accounts_by_id(call.ctx, db, [one.account_id for one in found])
    return [
        Suggestion(
            source=OLD_REASONS[one.sources[0]],
            sources=list(one.sources),
            account=rendered(Account, shown[one.account_id].data),
        )
        for one in found
        if one.account_id in shown
    ]


@route("GET", "/api/v1/suggestions", scopes=READ, deprecated=datetime(2021, 5, 16, tzinfo=UTC))
async def bare(call: Call, form: SuggestionsForm) -> Rendered[list[Account]]:
    """The same accounts without the reasons."""
    async with call.ctx.db.reading() as db:
        found = await _found(call, db, form)
        return listed(await accounts(call.ctx, db, [one.account_id for one in found]))


@route("DELETE", "/api/v1/suggestions/{account_id}", scopes=("write", "write:accounts"))
async def destroy(call: Call, account_id: AccountId) -> Empty:
    """Never suggest this account to oneself again."""
    async with call.ctx.db.transaction() as tx:
        await discovery.dismiss_suggestion(tx, call.me, account_id)
    return Empty()


async def _found(call: Call, db: Connection, form: SuggestionsForm) -> list[Suggested]:
    limit, offset = min(abs(form.limit), MOST), max(0, form.offset)
    return [] if offset > FARTHEST else await discovery.suggestions(call.ctx, db, call.me, limit=limit, offset=offset)

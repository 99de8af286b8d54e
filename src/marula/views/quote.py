"""What a viewer is shown of a quoted post, and whether they may quote a post themselves.

Everything here is read from the rows of `store.sighted`; the quoted post is judged by the rules of all posts.
Spec: Mastodon documentation, entities/Quote, entities/ShallowQuote, entities/QuoteApproval
"""

from collections.abc import Mapping
from functools import lru_cache

from marula.base.db import Row
from marula.base.kernel.ids import AccountId
from marula.domain.posts import Quoters, QuoteSight, QuoteState, Ties, Visibility, rules
from marula.entities import QuoteApproval
from marula.entities.scalars import ApprovalGroup
from marula.views import store
from marula.views.fragments import encode

_VISIBILITIES = tuple(Visibility)
_STATES = tuple(QuoteState)
_GROUPS: dict[Quoters, ApprovalGroup] = {
    Quoters.PUBLIC: "public",
    Quoters.FOLLOWERS: "followers",
    Quoters.FOLLOWING: "following",
    Quoters.UNSUPPORTED: "unsupported_policy",
}


def ties_of(row: Row) -> Ties:
    """What stands between the viewer and a post."""
    return _ties(*row[store.TIES])


@lru_cache(maxsize=64)
def _ties(
    mentioned: bool,
    follows: bool,
    blocks: bool,
    blocked_by: bool,
    mutes: bool,
    hides_domain: bool,
    followed_by: bool,
) -> Ties:
    return Ties(
        mentioned=mentioned,
        follows=follows,
        blocks=blocks,
        blocked_by=blocked_by,
        mutes=mutes,
        hides_domain=hides_domain,
        followed_by=followed_by,
    )


def visible(row: Row, viewer: AccountId | None, ties: Ties) -> bool:
    """Whether the viewer may know of a post, with these ties to it."""
    visibility = _VISIBILITIES[row["visibility"]]
    return rules.visible(visibility, row["account_id"], row["author_suspended"], viewer, ties)


def sight(rows: Mapping[int, Row], row: Row, viewer: AccountId | None) -> QuoteSight | None:
    """What the viewer is told of the quote of a post; None when it quotes nothing."""
    if row["quote_state"] is None:
        return None
    inner = rows.get(row["quoted_id"])
    state = _STATES[row["quote_state"]]
    if inner is None:
        return rules.quote_sight(state)
    ties = ties_of(inner)
    seen = visible(inner, viewer, ties)
    return rules.quote_sight(state, own=inner["account_id"] == viewer, seen=seen, ties=ties)


def shown_quote(rows: Mapping[int, Row], row: Row, viewer: AccountId | None) -> int | None:
    """The quoted post, when the viewer is shown it."""
    return row["quoted_id"] if sight(rows, row, viewer) in rules.SHOWN_QUOTES else None


def quoted(rows: Mapping[int, Row], row: Row, viewer: AccountId | None, inner: bytes | None) -> bytes:
    """The quote of a post, holding the quoted one as `inner`; null when it quotes nothing.

    Without `inner` what is to be shown went meanwhile.
    """
    found = sight(rows, row, viewer)
    if found is None:
        return b"null"
    if found in rules.SHOWN_QUOTES and inner is None:
        found = "deleted"
    return b'{"state":"%b","quoted_status":%b}' % (found.encode(), inner or b"null")


def quoted_shallow(rows: Mapping[int, Row], row: Row, viewer: AccountId | None) -> bytes:
    """The quote of a post that is itself quoted: the id of what it quotes."""
    found = sight(rows, row, viewer)
    if found is None:
        return b"null"
    identifier = b'"%d"' % row["quoted_id"] if found in rules.SHOWN_QUOTES else b"null"
    return b'{"state":"%b","quoted_status_id":%b}' % (found.encode(), identifier)


def approval(row: Row, viewer: AccountId | None) -> bytes:
    """Who may quote a post, and whether the viewer may."""
    who = None if viewer is None else _OWNER if viewer == row["account_id"] else _OTHER
    return _approval(row["visibility"], row["quote_automatic"], row["quote_manual"], who, *row[store.TIES])


_OWNER, _OTHER = AccountId(1), AccountId(2)
"""Stand for whoever looks: of them it only matters whether the post is their own."""


@lru_cache(maxsize=1024)
def _approval(visibility: int, automatic: int, manual: int, viewer: AccountId | None, *ties: bool) -> bytes:
    consent = rules.consent(_VISIBILITIES[visibility], _OWNER, automatic, manual, viewer, _ties(*ties))
    return encode(QuoteApproval(automatic=_named(automatic), manual=_named(manual), current_user=consent))


def _named(groups: int) -> list[ApprovalGroup]:
    return [name for group, name in _GROUPS.items() if groups & group]
